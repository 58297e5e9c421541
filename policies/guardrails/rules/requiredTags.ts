import type { Finding } from "../../support/finding";
import type { AnyResource, PropsOf } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { words, type ValuesOf } from "../../support/settings";
import { isTaggable, isTaggableType, type Tags } from "../../support/taggable";
import { judgeEach } from "../../support/unknown";

const settings = {
  tags: words({
    default: ["Project", "Stack", "ManagedBy"],
    description: "The tags that everything has which can have tags: a list of names.",
  }),
};

type Values = ValuesOf<typeof settings>;

/** Who else would know whose server this is, and whether it may go? */
export const requiredTags = resourceRule(
  {
    name: "required-tags",
    displayName: "Tags that say whose it is",
    description:
      "Everything that can have tags says which project and stack it belongs to and what manages it.",
    why: "In an account with many stacks, a class's for instance, tags are how a bill is divided and how what was left behind is found. What a group launches has only the tags that its template or the group hands on.",
    severity: "low",
    fix: "Pass the component its tags, and the component's tags on to all it makes.",
    url: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_153"], cdkNag: [] },
    settings,
  },
  [
    { appliesTo: isTaggableType, judge: judgeTaggable },
    on("aws:ec2/launchTemplate:LaunchTemplate", judgeLaunched),
    on("aws:autoscaling/group:Group", ({ tags = [] }, values: Values) =>
      judgeTags(Object.fromEntries(tags.map(({ key, value }) => [key, value])), "tags", values),
    ),
  ],
  [{ appliesTo: isMendable, mend: mendTaggable }],
);

/** Handing an archive back through the policy SDK loses what is in it: a function's tags stay to its author. */
function isMendable(type: string): boolean {
  return isTaggableType(type) && type !== "aws:lambda/function:Function";
}

function judgeTaggable(resource: AnyResource, values: Values): Iterable<Finding> {
  return isTaggable(resource) ? judgeTags(resource.props.tags, "tags", values, resource.props) : [];
}

/** Adds the tags that are the same for all of a stack, as its URNs say. */
function mendTaggable(resource: AnyResource): object | undefined {
  if (!isTaggable(resource)) return undefined;
  const [, , stack = "", project = ""] = resource.urn.split(/::?/);
  return { tags: { Project: project, Stack: stack, ManagedBy: "pulumi", ...resource.props.tags } };
}

/** @param merged has the tags that the provider adds (`aws:defaultTags`) as `tagsAll`, where the type takes them. */
function* judgeTags(
  tags: Tags | undefined,
  at: string,
  values: Values,
  merged: object = {},
): Iterable<Finding> {
  for (const name of values.tags) {
    const value = tags?.[name] ?? addedTag(merged, name);
    if (value === undefined || value === "") yield { at: `${at}.${name}`, value, allowed: "any text" };
  }
}

function addedTag(props: object, name: string): string | undefined {
  const tagsAll: unknown = Reflect.get(props, "tagsAll");
  const value: unknown =
    typeof tagsAll === "object" && tagsAll !== null ? Reflect.get(tagsAll, name) : undefined;
  return typeof value === "string" ? value : undefined;
}

/** A template's own tags do not reach the servers and volumes it is there for. */
function* judgeLaunched(
  { tagSpecifications = [] }: PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">,
  values: Values,
): Iterable<Finding> {
  yield* judgeEach(["instance", "volume"], function* (kind) {
    const index = tagSpecifications.findIndex(({ resourceType }) => resourceType === kind);
    const at = index === -1 ? `tagSpecifications[${kind}]` : `tagSpecifications[${String(index)}]`;
    yield* judgeTags(tagSpecifications[index]?.tags, `${at}.tags`, values);
  });
}
