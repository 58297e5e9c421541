import { lambdaLogRetention } from "../../../policies/guardrails/rules/lambdaLogRetention";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, spoil } from "../support/fixture";
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
});
