import { expect } from "chai";

import { labConcurrencyTotal } from "../../../policies/learner-lab/rules/labConcurrencyTotal";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, anyFixture, fixture, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";

describe("lab-concurrency-total", () => {
  const reserving = (name: string, reservedConcurrentExecutions: number) =>
    among(fixture("aws:lambda/function:Function", name, { reservedConcurrentExecutions }), {});
  const provisioned = among(
    fixture("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "live", {
      provisionedConcurrentExecutions: 4,
    }),
    {},
  );
  const unreserved = among(fixture("aws:lambda/function:Function", "plain"), {});
  itPassesStack(labConcurrencyTotal, "ten in total, and functions that reserve nothing", [
    reserving("a", 6),
    provisioned,
    unreserved,
    reserving("b", -1),
  ]);
  itPassesStack(labConcurrencyTotal, "what lab-concurrency refuses", [reserving("a", 11)]);
  itRefusesStack(labConcurrencyTotal, "more than ten in total", [reserving("a", 7), provisioned], {
    of: undefined,
    at: "the sum of all concurrency",
    value: 11,
    allowed: "at most 10",
  });

  itPassesStack(labConcurrencyTotal, "what lab-concurrency refuses, beside others", [
    reserving("a", 11),
    reserving("b", 5),
  ]);
  itRefusesStack(
    labConcurrencyTotal,
    "all of it in one function, and more",
    [reserving("a", 10), reserving("b", 1)],
    {
      of: undefined,
      at: "the sum of all concurrency",
      value: 11,
      allowed: "at most 10",
    },
  );

  it("does not judge a number that a preview does not know", async () => {
    const later = among(
      anyFixture("aws:lambda/function:Function", "later", { reservedConcurrentExecutions: unknown }),
      {},
    );
    const verdict = await judgeStack(labConcurrencyTotal, [later, reserving("a", 5)]);
    expect(verdict.violations).to.deep.equal([]);
    expect(verdict.unknown).to.contain("reservedConcurrentExecutions");
  });
});
