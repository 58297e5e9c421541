import { expect } from "chai";

import { capacityInOrder } from "../../../policies/guardrails/rules/capacityInOrder";
import type { StackResource } from "../../../policies/support/stack";
import { itPasses, itRefuses } from "../support/expectations";
import { among, anyFixture, fixture, spoil } from "../support/fixture";
import { judge, judgeStack } from "../support/judge";

const group = fixture("aws:autoscaling/group:Group", "fleet", { minSize: 1, desiredCapacity: 1, maxSize: 2 });
const action = fixture("aws:autoscaling/schedule:Schedule", "sale", {
  minSize: 2,
  desiredCapacity: 4,
  maxSize: 4,
});

describe("capacity-in-order", () => {
  itPasses(capacityInOrder, "minimum, desired and maximum in order", group, action);
  itPasses(
    capacityInOrder,
    "sizes that a scheduled action does not change",
    spoil(group, { desiredCapacity: undefined }),
    spoil(action, { minSize: -1, desiredCapacity: 0, maxSize: -1 }),
    spoil(action, { desiredCapacity: -1 }),
    spoil(action, { minSize: undefined, maxSize: undefined }),
  );
  const resumed = { minSize: 1, desiredCapacity: 0, maxSize: 2 };
  itPasses(capacityInOrder, "an old desired capacity that the program ignores", {
    ...spoil(group, resumed),
    opts: { ignoreChanges: ["desiredCapacity"] },
  });
  itRefuses(
    capacityInOrder,
    "the same desired capacity if the program sets it",
    { ...spoil(group, resumed), opts: { ignoreChanges: ["tags"] } },
    { at: "desiredCapacity", value: 0, allowed: "at least minSize, which is 1" },
  );
  const size = fixture("golden-image:index:GroupSize", "fleet", {
    minSize: 1,
    desiredCapacity: 1,
    maxSize: 2,
  });
  itPasses(
    capacityInOrder,
    "old sizes of a group that ignores them because of a GroupSize",
    {
      ...spoil(group, { minSize: 3, desiredCapacity: 1, maxSize: 2 }),
      opts: { ignoreChanges: ["minSize", "maxSize", "desiredCapacity"] },
    },
    size,
  );
  itRefuses(capacityInOrder, "a GroupSize out of order", spoil(size, { minSize: 2 }), {
    at: "desiredCapacity",
    value: 1,
    allowed: "at least minSize, which is 2",
  });
  const cases = [
    [{ minSize: 3, desiredCapacity: undefined, maxSize: 2 }, "minSize", 3, "at most maxSize, which is 2"],
    [{ minSize: 2, desiredCapacity: 1, maxSize: 2 }, "desiredCapacity", 1, "at least minSize, which is 2"],
    [{ minSize: 1, desiredCapacity: 3, maxSize: 2 }, "desiredCapacity", 3, "at most maxSize, which is 2"],
  ] as const;
  for (const [change, at, value, allowed] of cases) {
    itRefuses(capacityInOrder, `a group of ${JSON.stringify(change)}`, spoil(group, change), {
      at,
      value,
      allowed,
    });
    itRefuses(capacityInOrder, `a schedule of ${JSON.stringify(change)}`, spoil(action, change), {
      at,
      value,
      allowed,
    });
  }

  itPasses(
    capacityInOrder,
    "sizes in order of warm pools, node groups and scalable targets",
    spoil(group, { warmPool: { minSize: 2, maxGroupPreparedCapacity: 2 } }),
    spoil(group, { warmPool: { minSize: 2, maxGroupPreparedCapacity: -1 } }),
    spoil(group, { warmPool: { minSize: 2 } }),
    spoil(group, { warmPool: { maxGroupPreparedCapacity: 0 } }),
    anyFixture("aws:eks/nodeGroup:NodeGroup", "nodes", {
      scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 2 },
    }),
    anyFixture("aws:appautoscaling/target:Target", "web", { minCapacity: 2, maxCapacity: 2 }),
  );
  const others = [
    [
      "aws:autoscaling/group:Group",
      { minSize: 1, maxSize: 2, warmPool: { minSize: 3, maxGroupPreparedCapacity: 2 } },
      ["warmPool.minSize", 3, "at most maxGroupPreparedCapacity, which is 2"],
    ],
    [
      "aws:eks/nodeGroup:NodeGroup",
      { scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 2 } },
      ["scalingConfig.minSize", 3, "at most scalingConfig.maxSize, which is 2"],
    ],
    [
      "aws:eks/nodeGroup:NodeGroup",
      { scalingConfig: { minSize: 2, desiredSize: 1, maxSize: 2 } },
      ["scalingConfig.desiredSize", 1, "at least scalingConfig.minSize, which is 2"],
    ],
    [
      "aws:appautoscaling/target:Target",
      { minCapacity: 3, maxCapacity: 2 },
      ["minCapacity", 3, "at most maxCapacity, which is 2"],
    ],
    [
      "aws:appautoscaling/scheduledAction:ScheduledAction",
      { scalableTargetAction: { minCapacity: 3, maxCapacity: 2 } },
      ["scalableTargetAction.minCapacity", 3, "at most scalableTargetAction.maxCapacity, which is 2"],
    ],
  ] as const;
  for (const [type, props, [at, value, allowed]] of others) {
    it(`refuses ${type} with ${JSON.stringify(props)}`, async () => {
      const resource = anyFixture(type, "web", props);
      const { violations } = await judge(capacityInOrder, resource);
      expect(violations[0]).to.contain(`${at} is ${String(value)}.\nAllowed: ${allowed}.`);
    });
  }
});

describe("capacity-in-order, for the scheduled actions of a group", () => {
  const fleet = among({ ...group, props: { minSize: 1, maxSize: 2, name: "web" } }, {});
  const moving = (name: string, sizes: Parameters<typeof spoil<"aws:autoscaling/schedule:Schedule">>[1]) =>
    among(fixture("aws:autoscaling/schedule:Schedule", name, { autoscalingGroupName: "web", ...sizes }), {
      autoscalingGroupName: [fleet],
    });

  const judged = async (...stack: readonly StackResource[]) =>
    (await judgeStack(capacityInOrder, stack)).violations.map((each) => each.split("\nFix:")[0]);

  it("refuses sizes that do not fit what the group keeps", async () => {
    expect(await judged(fleet, moving("sale", { desiredCapacity: 4 }))).to.deep.equal([
      "sale (aws:autoscaling/schedule:Schedule): desiredCapacity is 4.\nAllowed: at most maxSize, which is 2.",
    ]);
    expect(await judged(fleet, moving("night", { desiredCapacity: 0 }))).to.deep.equal([
      "night (aws:autoscaling/schedule:Schedule): desiredCapacity is 0.\nAllowed: at least minSize, which is 1.",
    ]);
  });

  it("passes sizes that another action may have set", async () => {
    const stack = [fleet, moving("sale", { minSize: 0, maxSize: 8 }), moving("peak", { desiredCapacity: 6 })];
    expect(await judged(...stack, moving("night", { desiredCapacity: 0 }))).to.deep.equal([]);
    const others = [moving("plain", { desiredCapacity: 2 }), moving("sale", { maxSize: 8 })];
    expect(await judged(fleet, ...others, moving("peak", { desiredCapacity: 6 }))).to.deep.equal([]);
  });

  it("leaves it to the judgement of one action when its own sizes are not in order", async () => {
    expect(await judged(fleet, moving("sale", { minSize: 5, maxSize: 4 }))).to.deep.equal([]);
  });

  it("passes sizes that the group ignores", async () => {
    const ignoring = { ...fleet, opts: { ignoreChanges: ["minSize", "maxSize"] } };
    const action = moving("sale", { desiredCapacity: 4 });
    const late = { ...action, propertyDependencies: { autoscalingGroupName: [ignoring] } };
    expect(await judged(ignoring, late)).to.deep.equal([]);
  });
});
