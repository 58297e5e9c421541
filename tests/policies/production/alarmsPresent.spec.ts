import { expect } from "chai";

import { alarmsPresent } from "../../../policies/production/rules/alarmsPresent";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, spoil } from "../support/fixture";
import { judgeStack } from "../support/judge";
import { alarm, replacing, site, topic, without } from "../support/site";

const refused = {
  of: undefined,
  at: "alarms on AWS/ApplicationELB",
  value: undefined,
  allowed: "at least one alarm with alarmActions",
};
const heard = { alarmActions: [topic] };

describe("alarms-present", () => {
  itPassesStack(alarmsPresent, "an alarm with a topic", site);
  itPassesStack(
    alarmsPresent,
    "an alarm with a topic of another stack",
    replacing(among(spoil(alarm, { alarmActions: ["arn"] }), {})),
  );
  const metric = {
    namespace: "AWS/ApplicationELB",
    metricName: "HealthyHostCount",
    period: 60,
    stat: "Minimum",
  };
  itPassesStack(
    alarmsPresent,
    "an alarm on a formula",
    replacing(among(spoil(alarm, { namespace: undefined, metricQueries: [{ id: "a", metric }] }), heard)),
  );
  itRefusesStack(alarmsPresent, "no alarm", without(alarm), refused);
  itRefusesStack(
    alarmsPresent,
    "an alarm of another service",
    replacing(among(spoil(alarm, { namespace: "AWS/SQS" }), heard)),
    refused,
  );
  itRefusesStack(
    alarmsPresent,
    "an alarm with disabled actions",
    replacing(among(spoil(alarm, { actionsEnabled: false }), heard)),
    refused,
  );
  for (const alarmActions of [[], undefined]) {
    itRefusesStack(
      alarmsPresent,
      `an alarm with ${alarmActions === undefined ? "no" : "empty"} actions`,
      replacing(among(spoil(alarm, { alarmActions }), {})),
      refused,
    );
  }

  it("requires an alarm for each namespace of its configuration", async () => {
    const config = { namespaces: ["AWS/RDS", "AWS/ApplicationELB", "AWS/Lambda"] };
    expect((await judgeStack(alarmsPresent, site, config)).violations).to.have.length(2);
  });
});
