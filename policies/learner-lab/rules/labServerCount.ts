import { stackRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { allOf } from "../../support/stack";
import { instancesOf, largestSize, largestSizesElsewhere } from "../../support/views/servers/counts";
import { launcherOf } from "../launcher";
import { fromTheLab } from "../source";

/** The lab terminates instances over the limit, and deactivates the account far over it. */
export const labServerCount = stackRule(
  {
    name: "lab-server-count",
    displayName: "At most nine instances",
    description:
      "The maxima of groups with their warm pools, fleets, node groups and clusters, single instances, the builder of an image and the scheduled launcher's instances add up to nine at most.",
    why: "The lab terminates running instances over nine. At twenty it deactivates the account and deletes its resources.",
    severity: "critical",
    topics: ["account-limits"],
    fix: "Lower the largest size of a group or a schedule, or what a function may start.",
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
    const groups = sum(allOf(stack, "aws:autoscaling/group:Group").map((group) => largestSize(group, stack)));
    const elsewhere = largestSizesElsewhere(stack);
    const others = sum(stack.map(instancesOf));
    const builders = allOf(stack, "golden-image:index:GoldenImage").length;
    const launched = sum(stack.map((resource) => launcherOf(resource)?.servers ?? 0));
    const count = groups + elsewhere + others + builders + launched;
    // NaN, for a value that is no number, is over the limit too.
    if (count <= maximumServers) return;
    yield {
      resource: undefined,
      at: "the largest number of instances",
      value: `${String(count)} (groups ${String(groups + elsewhere)}, others ${String(others)}, builders ${String(builders)}, launched ${String(launched)})`,
      allowed: `at most ${String(maximumServers)}`,
    };
  },
);

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
