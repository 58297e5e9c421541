import type { Finding, StackFinding } from "../../support/finding";
import { required } from "../../support/required";
import { ignores, type PropsOf, type ResourceOf } from "../../support/resourceTypes";
import { on, resourceAndStackRule } from "../../support/rule";
import { amount } from "../../support/spelling";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { schedulesOf } from "../../support/views/servers/counts";

/** AWS refuses such a group too, but only after it has created everything before it. */
export const capacityInOrder = resourceAndStackRule(
  {
    name: "capacity-in-order",
    displayName: "Minimum ≤ desired ≤ maximum",
    description:
      "A group's minimum is at most its desired capacity, and the desired capacity is at most its maximum, in scheduled actions, warm pools and node groups too.",
    why: "AWS refuses a group in which the three contradict each other. A scheduled action that contradicts the group's sizes fails every time it runs.",
    severity: "medium",
    topics: ["capacity"],
    fix: "Set the sizes so that minSize ≤ desiredCapacity ≤ maxSize.",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:autoscaling/group:Group", function* ({ warmPool }, _values, group) {
      yield* judgeOrder(sizesOf(group));
      yield* judgeWarmPool(warmPool);
    }),
    on("aws:eks/nodeGroup:NodeGroup", ({ scalingConfig }) => {
      const { minSize, desiredSize, maxSize } = required(scalingConfig, "scalingConfig");
      return judgeOrder(
        { minSize, desiredCapacity: desiredSize, maxSize },
        {
          minSize: "scalingConfig.minSize",
          desiredCapacity: "scalingConfig.desiredSize",
          maxSize: "scalingConfig.maxSize",
        },
      );
    }),
    on("aws:appautoscaling/target:Target", ({ minCapacity, maxCapacity }) =>
      judgeOrder(
        { minSize: minCapacity, desiredCapacity: undefined, maxSize: maxCapacity },
        { minSize: "minCapacity", desiredCapacity: "desiredCapacity", maxSize: "maxCapacity" },
      ),
    ),
    on("aws:appautoscaling/scheduledAction:ScheduledAction", ({ scalableTargetAction }) => {
      const action = required(scalableTargetAction, "scalableTargetAction");
      return judgeOrder(
        { minSize: action.minCapacity, desiredCapacity: undefined, maxSize: action.maxCapacity },
        {
          minSize: "scalableTargetAction.minCapacity",
          desiredCapacity: "desiredCapacity",
          maxSize: "scalableTargetAction.maxCapacity",
        },
      );
    }),
    on("aws:autoscalingplans/scalingPlan:ScalingPlan", ({ scalingInstructions }) =>
      judgeEach(
        required(scalingInstructions, "scalingInstructions"),
        ({ minCapacity, maxCapacity }, index) => {
          const at = `scalingInstructions[${String(index)}].`;
          return judgeOrder(
            { minSize: minCapacity, desiredCapacity: undefined, maxSize: maxCapacity },
            { minSize: `${at}minCapacity`, desiredCapacity: at, maxSize: `${at}maxCapacity` },
          );
        },
      ),
    ),
    on("golden-image:index:GroupSize", (props) => judgeOrder(props)),
    on("aws:autoscaling/schedule:Schedule", (props) => judgeOrder(changedSizes(props))),
  ],
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:autoscaling/group:Group"), (group) => judgeSchedules(group, stack));
  },
);

/** A scheduled action keeps the sizes that it does not set: those of its group, unless another action sets them. */
function* judgeSchedules(
  group: StackResourceOf<"aws:autoscaling/group:Group">,
  stack: readonly StackResource[],
): Iterable<StackFinding> {
  const schedules = schedulesOf(group, stack);
  const kept = sizesOf(group);
  const isChanged = (size: keyof Capacity) =>
    schedules.some(({ props }) => changedSizes(props)[size] !== undefined);
  yield* judgeEach(schedules, function* (resource) {
    const own = changedSizes(resource.props);
    if ([...judgeOrder(own)].length > 0) return;
    const withKept = {
      ...own,
      minSize: own.minSize ?? (isChanged("minSize") ? undefined : kept.minSize),
      maxSize: own.maxSize ?? (isChanged("maxSize") ? undefined : kept.maxSize),
    };
    for (const finding of judgeOrder(withKept)) yield { resource, ...finding };
  });
}

interface Capacity {
  readonly minSize: number | undefined;
  readonly desiredCapacity: number | undefined;
  readonly maxSize: number | undefined;
}

/** The sizes that a group sets. A value that the program ignores is an old one: AWS changes it itself. */
function sizesOf(group: ResourceOf<"aws:autoscaling/group:Group">): Capacity {
  const { minSize, desiredCapacity, maxSize } = group.props;
  return {
    minSize: ignores(group, "minSize") ? undefined : minSize,
    desiredCapacity: ignores(group, "desiredCapacity") ? undefined : desiredCapacity,
    maxSize: ignores(group, "maxSize") ? undefined : maxSize,
  };
}

/** The sizes that a scheduled action sets: it has -1 for a size that it does not change. */
function changedSizes({
  minSize,
  desiredCapacity,
  maxSize,
}: PropsOf<"aws:autoscaling/schedule:Schedule">): Capacity {
  const changed = (size: number | undefined) => (size === -1 ? undefined : size);
  return {
    minSize: changed(minSize),
    desiredCapacity: changed(desiredCapacity),
    maxSize: changed(maxSize),
  };
}

interface WarmPool {
  readonly minSize?: number | undefined;
  readonly maxGroupPreparedCapacity?: number | undefined;
}

function* judgeWarmPool(pool: WarmPool | undefined): Iterable<Finding> {
  const { minSize = 0, maxGroupPreparedCapacity: most = -1 } = pool ?? {};
  // -1 is the group's maximum.
  if (most === -1 || minSize <= most) return;
  const allowed = `at most maxGroupPreparedCapacity, which is ${String(most)}`;
  yield { at: "warmPool.minSize", value: minSize, allowed };
}

const ownNames = { minSize: "minSize", desiredCapacity: "desiredCapacity", maxSize: "maxSize" };

function* judgeOrder(
  sizes: Capacity,
  at: Readonly<Record<keyof Capacity, string>> = ownNames,
): Iterable<Finding> {
  const minSize = given(sizes.minSize);
  const desiredCapacity = given(sizes.desiredCapacity);
  const maxSize = given(sizes.maxSize);
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    yield { at: at.minSize, value: minSize, allowed: `at most ${at.maxSize}, which is ${String(maxSize)}` };
  }
  if (desiredCapacity === undefined) return;
  const value = desiredCapacity;
  if (minSize !== undefined && value < minSize) {
    yield { at: at.desiredCapacity, value, allowed: `at least ${at.minSize}, which is ${String(minSize)}` };
  }
  if (maxSize !== undefined && value > maxSize) {
    yield { at: at.desiredCapacity, value, allowed: `at most ${at.maxSize}, which is ${String(maxSize)}` };
  }
}

function given(size: number | undefined): number | undefined {
  return size === undefined ? undefined : amount(size);
}
