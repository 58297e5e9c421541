import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { trafficOf, type Group } from "../../support/views/traffic";

export const loadBalancerHealthChecks = stackRule(
  {
    name: "load-balancer-health-checks",
    displayName: "Health checks by the load balancer",
    description: "An Auto Scaling group behind a load balancer uses the load balancer's health checks.",
    why: "EC2's checks test only whether the instance runs. A server on which WordPress has failed stays healthy for them: it gets no requests and no replacement.",
    severity: "medium",
    topics: ["availability"],
    fix: 'Set healthCheckType to "ELB".',
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
    counterparts: {
      fsbp: ["AutoScaling.1"],
      checkov: ["CKV2_AWS_15"],
      cdkNag: ["AwsSolutions-AS2"],
    },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:autoscaling/group:Group"), (group) => judgeGroup(group, stack));
  },
);

function* judgeGroup(group: Group, stack: readonly StackResource[]): Iterable<StackFinding> {
  const { healthCheckType } = group.props;
  const checks = (healthCheckType ?? "").split(",").map((check) => check.trim().toUpperCase());
  const missing = trafficOf(group, stack).filter((check) => !checks.includes(check));
  const [first] = missing;
  if (first === undefined) return;
  yield { resource: group, at: "healthCheckType", value: healthCheckType, allowed: `"${first}"` };
}
