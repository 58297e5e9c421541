import { labConcurrency } from "../../../policies/learner-lab/rules/labConcurrency";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";

describe("lab-concurrency", () => {
  const launcher = fixture("aws:lambda/function:Function", "launcher", { reservedConcurrentExecutions: 10 });
  itPasses(
    labConcurrency,
    "at most the lab's concurrency, and none",
    launcher,
    spoil(launcher, { reservedConcurrentExecutions: undefined }),
    spoil(launcher, { reservedConcurrentExecutions: -1 }),
  );
  itRefuses(
    labConcurrency,
    "more than the lab's concurrency",
    spoil(launcher, { reservedConcurrentExecutions: 11 }),
    {
      at: "reservedConcurrentExecutions",
      value: 11,
      allowed: "at most 10",
    },
  );
  itRefuses(
    labConcurrency,
    "more than the configuration allows",
    launcher,
    { at: "reservedConcurrentExecutions", value: 10, allowed: "at most 5" },
    { maximumExecutions: 5 },
  );
});
