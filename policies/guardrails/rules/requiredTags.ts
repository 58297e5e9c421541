import type { Finding } from "../../support/finding";
import type { AnyResource, PropsOf } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { isTaggable, isTaggableType, type Tags } from "../../support/taggable";
import { judgeEach } from "../../support/unknown";

const settings = {
  tags: strings({
    default: ["Project", "Stack", "ManagedBy"],
    description: "The tags that every taggable resource must have",
  }),
};

type Values = ValuesOf<typeof settings>;

export const requiredTags = resourceRule(
  {
    name: "required-tags",
    displayName: "Required tags",
    description:
      "Every taggable resource has tags that state its project, its stack and the tool that manages it.",
    why: "In an account with many stacks, such as a class's, tags divide the bill and find resources that a stack left behind. Instances of an Auto Scaling group have only the tags that its launch template or the group propagates.",
    severity: "low",
    topics: ["inventory"],
    fix: "Add the missing tags to the resource, for example with aws:defaultTags; for an Auto Scaling group with propagateAtLaunch, and for a launch template in tagSpecifications.",
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
  [{ appliesTo: canRemediate, remediate: addTags }],
);

/** Not a function: the policy SDK loses the content of an archive that a remediation returns. */
function canRemediate(type: string): boolean {
  return isTaggableType(type) && type !== "aws:lambda/function:Function";
}

function judgeTaggable(resource: AnyResource, values: Values): Iterable<Finding> {
  return isTaggable(resource) ? judgeTags(resource.props.tags, "tags", values, resource.props) : [];
}

/**
 * Adds the missing tags whose values are the same for a whole stack: the URN has them. It does not know the value of
 * another tag, and changes nothing when only such tags are missing.
 */
function addTags(resource: AnyResource, values: Values): object | undefined {
  if (!isTaggable(resource)) return undefined;
  const { tags } = resource.props;
  const [, , stack = "", project = ""] = resource.urn.split(/::?/);
  const known = { Project: project, Stack: stack, ManagedBy: "pulumi" };
  const missing = Object.entries(known).filter(
    ([name]) => values.tags.includes(name) && isMissing(tagOf(name, tags, resource.props)),
  );
  return missing.length === 0 ? undefined : { tags: { ...tags, ...Object.fromEntries(missing) } };
}

/** @param merged has the tags that the provider adds (`aws:defaultTags`) in `tagsAll`, if the type has that property. */
function* judgeTags(
  tags: Tags | undefined,
  at: string,
  values: Values,
  merged: object = {},
): Iterable<Finding> {
  for (const name of values.tags) {
    const value = tagOf(name, tags, merged);
    if (isMissing(value)) yield { at: `${at}.${name}`, value, allowed: "a text that is not empty" };
  }
}

function isMissing(value: string | undefined): boolean {
  return value === undefined || value === "";
}

function tagOf(name: string, tags: Tags | undefined, merged: object): string | undefined {
  return tags?.[name] ?? addedTag(merged, name);
}

function addedTag(props: object, name: string): string | undefined {
  const tagsAll: unknown = Reflect.get(props, "tagsAll");
  const value: unknown =
    typeof tagsAll === "object" && tagsAll !== null ? Reflect.get(tagsAll, name) : undefined;
  return typeof value === "string" ? value : undefined;
}

/** A template's own tags do not reach its instances and volumes. */
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
