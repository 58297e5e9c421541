import { expect } from "chai";

import { lambdaTimeout } from "../../../policies/guardrails/rules/lambdaTimeout";
import { expectViolation } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { judge, passed } from "../support/judge";

const launcher = fixture("aws:lambda/function:Function", "launcher", { timeout: 900 });

describe("lambda-timeout", () => {
  it("passes a function at the limit, and one without a value", async () => {
    expect(await judge(lambdaTimeout, launcher)).to.deep.equal(passed);
    expect(await judge(lambdaTimeout, spoil(launcher, { timeout: undefined }))).to.deep.equal(passed);
  });

  it("refuses a function over the limit", async () => {
    const changed = spoil(launcher, { timeout: 901 });
    expectViolation(await judge(lambdaTimeout, changed), {
      of: changed,
      at: "timeout",
      value: 901,
      allowed: "at most 900 seconds",
    });
  });

  it("uses the limit of its configuration", async () => {
    expectViolation(await judge(lambdaTimeout, launcher, { maximumTimeoutSeconds: 60 }), {
      of: launcher,
      at: "timeout",
      value: 900,
      allowed: "at most 60 seconds",
    });
  });
});
