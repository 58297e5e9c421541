import { z } from "zod";

import { isTimeZone, timeZoneAllowed } from "../schedules/timeZone";
import { inUnit } from "./stated";

/**
 * The kinds of value that settings consist of. The error of each states what is allowed, so that every wrong value, of
 * a wrong type too, gets the same message.
 */

/** A whole number within bounds. @param bounds `unit` is a plural: seconds, GiB, servers. */
export function wholeNumber(bounds: { readonly min: number; readonly max: number; readonly unit: string }) {
  const error = `a whole number of ${bounds.unit} from ${String(bounds.min)} to ${String(bounds.max)}`;
  return z.int({ error }).min(bounds.min, { error }).max(bounds.max, { error }).meta(inUnit(bounds.unit));
}

/** One of several words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** `true` or `false`. */
export const flag = () => z.boolean({ error: "true or false" });

/** A string that matches the form from its first to its last character. @param allowed the form in words, with an example. */
export const text = (form: RegExp, allowed: string) =>
  z.string({ error: allowed }).regex(new RegExp(`^(?:${form.source})$`, form.flags), { error: allowed });

/** An AMI. */
export const amiId = () => text(/ami-[0-9a-f]{8,17}/, "an AMI's id, e.g. ami-0123456789abcdef0");

/** An EC2 instance type. Mac types are excluded: they run only macOS, on a dedicated host. */
export const instanceType = () =>
  text(
    /(?!mac)[a-z][a-z0-9-]*\.[a-z0-9-]+/,
    "an EC2 instance type that Linux starts on, e.g. t3.micro or t4g.micro",
  );

/**
 * The name of an existing key pair. EC2 refuses a space at an end. `*`, `?` and `$` would be wildcards and variables in
 * the IAM policy that allows the launcher to use only this key pair.
 */
export const keyPairName = () =>
  text(
    /(?! )(?:(?![*?$])[\x20-\x7e]){1,255}(?<! )/,
    "the name of an EC2 key pair: 1 to 255 ASCII characters without * ? $, no space at an end",
  );

/** The ARN of an IAM role, in any partition (aws, aws-cn, aws-us-gov), as Lambda and EventBridge Scheduler accept it. */
export const roleArn = () =>
  text(
    /arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}/,
    "the ARN of an IAM role, e.g. arn:aws:iam::123456789012:role/LabRole",
  );

/** A time on a day of this century, with its offset from UTC, as ISO 8601 writes it. */
export const instant = () => {
  const error =
    'a time with its offset from UTC, e.g. "2026-12-20T18:00:00+09:00" or "2026-12-20T09:00:00Z", in quotes in a file of YAML';
  return text(/20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)/, error).refine(isInstant, { error });
};

/** `Date` accepts a day that its month lacks, and moves it into the next month. */
function isInstant(value: string): boolean {
  const [day = ""] = value.split("T");
  const midnight = new Date(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(value)) &&
    !Number.isNaN(midnight.getTime()) &&
    midnight.toISOString().startsWith(day)
  );
}

/** A time zone by its IANA name, as EventBridge Scheduler and Auto Scaling accept it. */
export const timeZone = () =>
  z
    .string({ error: timeZoneAllowed })
    .max(50, { error: timeZoneAllowed })
    .refine((zone) => isTimeZone(zone), { error: timeZoneAllowed });
