import { expect } from "chai";

import { pulumiProtect } from "../../../policies/production/rules/pulumiProtect";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture } from "../support/fixture";
import { judge } from "../support/judge";

const holdOrServe = [
  anyFixture("aws:rds/instance:Instance", "database"),
  anyFixture("aws:rds/cluster:Cluster", "aurora"),
  anyFixture("aws:efs/fileSystem:FileSystem", "uploads"),
  anyFixture("aws:ebs/volume:Volume", "disk"),
  anyFixture("aws:secretsmanager/secret:Secret", "administrator"),
  anyFixture("aws:lb/loadBalancer:LoadBalancer", "site"),
  anyFixture("aws:lb/listener:Listener", "https"),
  anyFixture("aws:autoscaling/group:Group", "servers"),
];

describe("pulumi-protect", () => {
  const protect = { protect: true };
  itPasses(
    pulumiProtect,
    "protected resources",
    ...holdOrServe.map((resource) => ({ ...resource, opts: protect })),
  );
  for (const type of [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:rds/parameterGroup:ParameterGroup",
    "aws:lb/targetGroup:TargetGroup",
  ]) {
    it(`does not apply to ${type}, which can be recreated`, async () => {
      const { applicable, violations } = await judge(pulumiProtect, anyFixture(type, "other"));
      expect({ applicable, violations }).to.deep.equal({ applicable: false, violations: [] });
    });
  }
  for (const resource of holdOrServe) {
    itRefuses(pulumiProtect, `${resource.type} without protection`, resource, {
      at: "options.protect",
      value: false,
      allowed: "true",
    });
  }
});
