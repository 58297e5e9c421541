import { z } from "zod";

import { text } from "./kinds";

/**
 * Tags that every service of a stack accepts. The services differ, so each limit is the strictest one: EventBridge
 * Scheduler refuses an empty value, IAM ignores the case of keys, RDS reserves `rds:`, Auto Scaling refuses white space
 * at an end.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Tag.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */

/** AWS's limit for one resource. Its own `aws:…` tags do not count. */
export const mostTags = 50;

/** Route 53's limit for a health check. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html */
export const mostHealthCheckTags = 10;

/** The tags that the program adds to every resource. They can split a bill. */
const added = ["Project", "Stack", "ManagedBy", "Name"] as const;

/** The golden image has three more, for the tool that builds it. */
const mostAdded = added.length + 3;

/** Prefixes of AWS's own tags, and of the tags by which the launcher, the image builder and the backups find their resources. */
const reservedPrefixes = ["aws:", "rds:", "launcher:", "golden-image:", "site-backup:"] as const;

const keyAllowed = `a tag key of 1 to 128 letters, digits, spaces or _ . : / = + - @, no space at an end, that does not start with ${reservedPrefixes.join(", ")} in any case`;
const valueAllowed =
  "a tag value of 1 to 256 letters, digits, spaces or _ . : / = + - @, no space at an end (EventBridge Scheduler refuses an empty one); or remove the tag";

const form = (longest: number) =>
  new RegExp(`^(?!\\p{Z})[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,${String(longest)}}(?<!\\p{Z})$`, "u");
const keyForm = form(128);
const reserved = new RegExp(`^(?:${reservedPrefixes.join("|")})`, "i");
const value = text(form(256), valueAllowed);

/** Tags of a component's resources. Each resource also has its own `Name`. */
export const tags = () =>
  z.record(z.string(), value, { error: "tags as name: value" }).superRefine((given, context) => {
    for (const each of Object.keys(given)) {
      if (keyForm.test(each) && !reserved.test(each)) continue;
      context.addIssue({ code: "custom", path: [each], message: keyAllowed });
    }
    for (const [each, twin] of sameButForCase(Object.keys(given))) {
      context.addIssue({
        code: "custom",
        path: [each],
        message: `a tag key that differs from ${twin} in more than case, because IAM ignores case; or remove one of them`,
      });
    }
  });

/** Tags in a stack's settings. They cannot replace the tags that the program adds. */
export const ownTags = () =>
  tags().superRefine((given, context) => {
    for (const [each, ours] of sameButForCase(Object.keys(given), added)) {
      context.addIssue({
        code: "custom",
        path: [each],
        message: `another tag key, because the program sets ${ours} and IAM ignores case`,
      });
    }
    const most = mostTags - mostAdded;
    const count = Object.keys(given).length;
    if (count > most) {
      const message = `at most ${String(most)} tags (there are ${String(count)}), because AWS allows ${String(mostTags)} and the program adds up to ${String(mostAdded)}`;
      context.addIssue({ code: "custom", message });
    }
  });

/** The problem of too many tags for a health check of Route 53; `undefined` when there is none. */
export function healthCheckTagsProblem(given: Readonly<Record<string, string>>): string | undefined {
  const most = mostHealthCheckTags - added.length;
  const count = Object.keys(given).length;
  if (count <= most) return undefined;
  return `at most ${String(most)} tags with fleet.siteHealthCheck (there are ${String(count)}), because a health check of Route 53 has at most ${String(mostHealthCheckTags)} and the program adds ${String(added.length)}; or fleet.siteHealthCheck false`;
}

/** Each key that differs only in case from an earlier key, or from one of the others; with that key. */
function sameButForCase(
  keys: readonly string[],
  others: readonly string[] = [],
): readonly (readonly [string, string])[] {
  return keys.flatMap((each, index) => {
    const before = others.length > 0 ? others : keys.slice(0, index);
    const twin = before.find((other) => other.toLowerCase() === each.toLowerCase());
    return twin === undefined ? [] : [[each, twin] as const];
  });
}
