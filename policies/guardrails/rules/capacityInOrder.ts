import type { Finding } from "../../support/finding";
import { ignores } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";

/** AWS refuses such a group too, but only after it has created everything before it. */
export const capacityInOrder = resourceRule(
  {
    name: "capacity-in-order",
    displayName: "Minimum ≤ desired ≤ maximum",
    description:
      "An Auto Scaling group's minimum is at most its desired capacity, and the desired capacity is at most its maximum.",
    why: "AWS refuses a group in which the three contradict each other. A scheduled action that contradicts the group's sizes fails every time it runs.",
    severity: "medium",
    topics: ["capacity"],
    fix: "Set the sizes so that minSize ≤ desiredCapacity ≤ maxSize.",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:autoscaling/group:Group", ({ minSize, desiredCapacity, maxSize }, _values, group) =>
      judgeOrder({
        // A value that the program ignores is an old one: AWS changes it itself.
        minSize: ignores(group, "minSize") ? undefined : minSize,
        desiredCapacity: ignores(group, "desiredCapacity") ? undefined : desiredCapacity,
        maxSize: ignores(group, "maxSize") ? undefined : maxSize,
      }),
    ),
    on("golden-image:index:GroupSize", judgeOrder),
    on("aws:autoscaling/schedule:Schedule", ({ minSize, desiredCapacity, maxSize }) =>
      judgeOrder({
        minSize: changed(minSize),
        desiredCapacity: changed(desiredCapacity),
        maxSize: changed(maxSize),
      }),
    ),
  ],
);

interface Capacity {
  readonly minSize: number | undefined;
  readonly desiredCapacity: number | undefined;
  readonly maxSize: number | undefined;
}

/** A scheduled action has -1 for a size that it does not change. */
const changed = (size: number | undefined) => (size === -1 ? undefined : size);

function* judgeOrder({ minSize, desiredCapacity, maxSize }: Capacity): Iterable<Finding> {
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    yield { at: "minSize", value: minSize, allowed: `at most maxSize, which is ${String(maxSize)}` };
  }
  if (desiredCapacity === undefined) return;
  if (minSize !== undefined && desiredCapacity < minSize) {
    yield {
      at: "desiredCapacity",
      value: desiredCapacity,
      allowed: `at least minSize, which is ${String(minSize)}`,
    };
  }
  if (maxSize !== undefined && desiredCapacity > maxSize) {
    yield {
      at: "desiredCapacity",
      value: desiredCapacity,
      allowed: `at most maxSize, which is ${String(maxSize)}`,
    };
  }
}
