import type { Finding } from "../../support/finding";
import { ignores } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";

/** AWS refuses a group that breaks this, but only when everything before it stands. */
export const capacityInOrder = resourceRule(
  {
    name: "capacity-in-order",
    displayName: "Minimum ≤ desired ≤ maximum",
    description: "A group's minimum is at most its desired capacity, and that at most its maximum.",
    why: "The minimum is always kept, the desired capacity is the normal one, the maximum is never passed. In another order they contradict each other, and a scheduled action that does fails every time it fires.",
    severity: "medium",
    fix: "Put the three in order.",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:autoscaling/group:Group", ({ minSize, desiredCapacity, maxSize }, _values, group) =>
      judgeOrder({
        // What the program leaves alone is an old value: AWS moves it by itself.
        minSize: ignores(group, "minSize") ? undefined : minSize,
        desiredCapacity: ignores(group, "desiredCapacity") ? undefined : desiredCapacity,
        maxSize: ignores(group, "maxSize") ? undefined : maxSize,
      }),
    ),
    on("golden-image:index:GroupSize", judgeOrder),
    on("aws:autoscaling/schedule:Schedule", ({ minSize, desiredCapacity, maxSize }) =>
      judgeOrder({
        minSize: given(minSize),
        desiredCapacity: given(desiredCapacity),
        maxSize: given(maxSize),
      }),
    ),
  ],
);

interface Capacity {
  readonly minSize: number | undefined;
  readonly desiredCapacity: number | undefined;
  readonly maxSize: number | undefined;
}

/** A scheduled action says -1 for what it leaves as it is. */
const given = (size: number | undefined) => (size === -1 ? undefined : size);

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
