import { expect } from "chai";

import { lambdaLogRetention } from "../../../policies/guardrails/rules/lambdaLogRetention";
import type { StackResource } from "../../../policies/support/stack";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, anyFixture, spoil, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";
import { launcher, logGroup, replacing, site, without } from "../support/site";

const rule = lambdaLogRetention;

describe("lambda-log-retention", () => {
  itPassesStack(rule, "a function with a log group with a retention", site);
  for (const retentionInDays of [0, undefined]) {
    itRefusesStack(
      rule,
      `retentionInDays ${String(retentionInDays)}`,
      replacing(among(spoil(logGroup, { retentionInDays }), {})),
      { of: logGroup, at: "retentionInDays", value: retentionInDays, allowed: "from 1 to 3653 days" },
    );
  }
  itRefusesStack(
    rule,
    "a longer retention than the configuration allows",
    site,
    { of: logGroup, at: "retentionInDays", value: 14, allowed: "from 1 to 7 days" },
    { maximumRetentionDays: 7 },
  );
  itRefusesStack(rule, "a function without a log group", without(logGroup), {
    of: launcher,
    at: "loggingConfig.logGroup",
    value: undefined,
    allowed: "a log group of this stack",
  });
  itPassesStack(
    rule,
    "a log group with the function's name",
    replacing(among(launcher, {})).map((each) =>
      each.urn === logGroup.urn ? { ...each, propertyDependencies: { name: [among(launcher, {})] } } : each,
    ),
  );

  itPassesStack(
    rule,
    "the longest retention that the configuration allows",
    replacing(among(spoil(logGroup, { retentionInDays: 3_653 }), {})),
  );
  itRefusesStack(rule, "one day more", replacing(among(spoil(logGroup, { retentionInDays: 3_654 }), {})), {
    of: logGroup,
    at: "retentionInDays",
    value: 3_654,
    allowed: "from 1 to 3653 days",
  });

  const alone = (props: object) => among(anyFixture("aws:lambda/function:Function", "alone", props), {});
  const named = (name: unknown) =>
    among(anyFixture("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 7, name }), {});
  const refuses = async (...stack: readonly StackResource[]) =>
    (await judgeStack(rule, stack)).violations.length > 0;

  it("finds the log group by the name that Lambda or the program gives it", async () => {
    expect(await refuses(alone({ name: "launch" }), named("/aws/lambda/launch"))).to.equal(false);
    expect(await refuses(alone({ loggingConfig: { logGroup: "mine" } }), named("mine"))).to.equal(false);
    expect(await refuses(alone({ name: "launch" }), named("/aws/lambda/other"))).to.equal(true);
    expect(await refuses(alone({ name: "launch" }), named(undefined))).to.equal(true);
    expect(await refuses(alone({}), named(undefined))).to.equal(true);
    expect(await refuses(alone({}), named("/aws/lambda/undefined"))).to.equal(true);
  });

  it("does not take another function's log group", async () => {
    const other = among(anyFixture("aws:lambda/function:Function", "other", {}), {});
    const logs = among(
      anyFixture("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 7, name: unknown }),
      {
        name: [other],
      },
    );
    expect(await refuses(alone({ name: unknown }), other, logs)).to.equal(true);
    expect(await refuses(other, logs)).to.equal(false);
  });
});
