import { capacityInOrder } from "../../../policies/guardrails/rules/capacityInOrder";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";

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
});
