import { ignores } from "../../support/resourceTypes";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, refersTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { launcherOf } from "../launcher";
import { fromTheLab } from "../source";

/** The lab terminates instances over the limit, and deactivates the account far over it. */
export const labServerCount = stackRule(
  {
    name: "lab-server-count",
    displayName: "At most nine instances",
    description:
      "The maxima of groups, single instances, the builder of an image and the scheduled launcher's instances add up to nine at most.",
    why: "The lab terminates running instances over nine. At twenty it deactivates the account and deletes its resources.",
    severity: "critical",
    topics: ["account-limits"],
    fix: "Lower fleet.capacity.max, a schedule's max or launcher.maxRunningServers.",
    ...fromTheLab,
    settings: {
      maximumServers: wholeNumber({
        default: 9,
        minimum: 1,
        description: "The most instances that may run at once",
      }),
    },
  },
  function* (stack, { maximumServers }) {
    const groups = allOf(stack, "aws:autoscaling/group:Group").reduce(
      (sum, group) => sum + largest(maximumOf(group, stack), schedulesOf(group, stack)),
      0,
    );
    const single = allOf(stack, "aws:ec2/instance:Instance").length;
    const builders = allOf(stack, "golden-image:index:GoldenImage").length;
    const launched = stack.reduce((sum, resource) => sum + (launcherOf(resource)?.servers ?? 0), 0);
    const count = groups + single + builders + launched;
    // NaN, for a value that is no number, is over the limit too.
    if (count <= maximumServers) return;
    yield {
      resource: undefined,
      at: "the largest number of instances",
      value: `${String(count)} (groups ${String(groups)}, single ${String(single)}, builders ${String(builders)}, launched ${String(launched)})`,
      allowed: `at most ${String(maximumServers)}`,
    };
  },
);

/** A maximum that the program ignores is an old value: the resource GroupSize then has the current one. */
function maximumOf(
  group: StackResourceOf<"aws:autoscaling/group:Group">,
  stack: readonly StackResource[],
): number {
  const sizes = allOf(stack, "golden-image:index:GroupSize").filter((size) =>
    refersTo(size, "groupName", group),
  );
  const [size] = ignores(group, "maxSize") ? sizes : [];
  return size?.props.maxSize ?? group.props.maxSize;
}

/** The maxima that a group's scheduled actions set. */
function schedulesOf(group: StackResource, stack: readonly StackResource[]): readonly (number | undefined)[] {
  return allOf(stack, "aws:autoscaling/schedule:Schedule")
    .filter((schedule) => refersTo(schedule, "autoscalingGroupName", group))
    .map(({ props }) => props.maxSize);
}

function largest(own: number, scheduled: readonly (number | undefined)[]): number {
  return Math.max(own, ...scheduled.filter((size) => size !== undefined));
}
