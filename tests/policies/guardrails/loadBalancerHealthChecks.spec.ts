import { expect } from "chai";

import { loadBalancerHealthChecks } from "../../../policies/guardrails/rules/loadBalancerHealthChecks";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil, unknown } from "../support/fixture";
import { judge } from "../support/judge";

const group = fixture("aws:autoscaling/group:Group", "fleet", {
  healthCheckType: "ELB",
  targetGroupArns: [unknown],
});
const alone = spoil(group, { healthCheckType: "EC2", targetGroupArns: [] });

describe("load-balancer-health-checks", () => {
  itPasses(
    loadBalancerHealthChecks,
    "a group with ELB health checks, and one without a load balancer",
    group,
    alone,
    spoil(alone, { targetGroupArns: undefined }),
  );
  for (const healthCheckType of ["EC2", undefined]) {
    const expected = { at: "healthCheckType", value: healthCheckType, allowed: '"ELB"' };
    const bare = spoil(alone, { healthCheckType });
    const attached = [
      ["a target group", { targetGroupArns: ["arn"] }],
      ["a classic load balancer", { loadBalancers: ["web"] }],
      ["a traffic source", { trafficSources: [{ identifier: "arn" }] }],
    ] as const;
    for (const [what, { ...change }] of attached) {
      const changed = { ...bare, props: { ...bare.props, ...change } };
      itRefuses(loadBalancerHealthChecks, `${String(healthCheckType)} with ${what}`, changed, expected);
    }
  }

  it("does not judge a load balancer that a preview does not know", async () => {
    const changed = { ...alone, props: { healthCheckType: "EC2", targetGroupArns: unknown } };
    expect((await judge(loadBalancerHealthChecks, changed)).unknown).to.contain("targetGroupArns");
  });
});
