import { ignores } from "../../support/resourceTypes";
import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf, refersTo, type StackResource, type StackResourceOf } from "../../support/stack";
import { launcherOf } from "../launcher";
import { fromTheLab } from "../source";

/** Over the limit servers are ended; far over it the account is. */
export const labServerCount = stackRule(
  {
    name: "lab-server-count",
    displayName: "At most nine servers",
    description:
      "Groups at their largest, single servers, the builder of an image and the scheduled launcher's servers come to nine at most.",
    why: "The lab ends what is over nine running servers. At twenty it deactivates the account and deletes what is in it.",
    severity: "critical",
    fix: "Lower fleet.capacity.max, a schedule's max or launcher.maxRunningServers.",
    ...fromTheLab,
    settings: {
      maximumServers: wholeNumber({
        default: 9,
        minimum: 1,
        description: "The most servers that may run at once",
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
    // What cannot be counted (NaN) is not within the limit either.
    if (count <= maximumServers) return;
    yield {
      resource: undefined,
      at: "servers at the most",
      value: `${String(count)} (groups ${String(groups)}, single ${String(single)}, builders ${String(builders)}, launched ${String(launched)})`,
      allowed: `at most ${String(maximumServers)}`,
    };
  },
);

/** A maximum that the program leaves alone is an old one: then the group's size has the one that counts. */
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
