import { on, resourceRule } from "../../support/rule";

export const loadBalancerHealthChecks = resourceRule(
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
  [
    on("aws:autoscaling/group:Group", function* (group) {
      const { healthCheckType } = group;
      if (healthCheckType === "ELB") return;
      // Read last: a preview may not know the load balancer.
      const behind = [group.targetGroupArns, group.loadBalancers, group.trafficSources];
      if (behind.some((attached) => attached !== undefined && attached.length > 0)) {
        yield { at: "healthCheckType", value: healthCheckType, allowed: '"ELB"' };
      }
    }),
  ],
);
