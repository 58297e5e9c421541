import { pulumiProtect } from "../../../policies/production/rules/pulumiProtect";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture } from "../support/fixture";

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
    "what holds data or serves, protected",
    ...holdOrServe.map((resource) => ({ ...resource, opts: protect })),
  );
  itPasses(
    pulumiProtect,
    "what can be made again",
    anyFixture("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm"),
    anyFixture("aws:rds/parameterGroup:ParameterGroup", "parameters"),
    anyFixture("aws:lb/targetGroup:TargetGroup", "servers"),
  );
  for (const resource of holdOrServe) {
    itRefuses(pulumiProtect, `${resource.type} without protection`, resource, {
      at: "options.protect",
      value: false,
      allowed: "true",
    });
  }
});
