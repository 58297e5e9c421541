import { expect } from "chai";

import { lambdaMemory } from "../../../policies/guardrails/rules/lambdaMemory";
import { expectViolation } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { judge, passed } from "../support/judge";

const launcher = fixture("aws:lambda/function:Function", "launcher", { memorySize: 3_008 });

describe("lambda-memory", () => {
  it("passes a function at the limit, and one without a value", async () => {
    expect(await judge(lambdaMemory, launcher)).to.deep.equal(passed);
    expect(await judge(lambdaMemory, spoil(launcher, { memorySize: undefined }))).to.deep.equal(passed);
  });

  it("refuses a function over the limit", async () => {
    const changed = spoil(launcher, { memorySize: 3_009 });
    expectViolation(await judge(lambdaMemory, changed), {
      of: changed,
      at: "memorySize",
      value: 3_009,
      allowed: "at most 3008 MiB",
    });
  });

  it("uses the limit of its configuration", async () => {
    const config = { maximumMemoryMiB: 1_024 };
    expectViolation(await judge(lambdaMemory, launcher, config), {
      of: launcher,
      at: "memorySize",
      value: 3_008,
      allowed: "at most 1024 MiB",
    });
  });
});
