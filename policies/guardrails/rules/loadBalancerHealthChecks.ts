import { on, resourceRule } from "../../support/rule";

/** EC2 only asks whether the machine runs; the load balancer asks whether the site does. */
export const loadBalancerHealthChecks = resourceRule(
  {
    name: "load-balancer-health-checks",
    displayName: "Load balancer decides on health",
    description: "An Auto Scaling group behind a load balancer goes by the load balancer's health checks.",
    why: "By EC2's own checks a server on which WordPress has died is healthy for ever: it gets no visitors, and no replacement either.",
    severity: "medium",
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
      // Only now, as a preview may not know the load balancer yet.
      const behind = [group.targetGroupArns, group.loadBalancers, group.trafficSources];
      if (behind.some((attached) => attached !== undefined && attached.length > 0)) {
        yield { at: "healthCheckType", value: healthCheckType, allowed: '"ELB"' };
      }
    }),
  ],
);
