import { expect } from "chai";

import { loadBalancerHealthChecks } from "../../../policies/guardrails/rules/loadBalancerHealthChecks";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";

const rule = loadBalancerHealthChecks;
const group = fixture("aws:autoscaling/group:Group", "fleet", {
  healthCheckType: "ELB",
  targetGroupArns: [unknown],
});
const alone = spoil(group, { healthCheckType: "EC2", targetGroupArns: [] });
const inStack = (fleet: typeof group) => among(fleet, {});
const named = inStack(spoil(alone, { name: "fleet" }));

describe("load-balancer-health-checks", () => {
  itPassesStack(rule, "ELB health checks", [inStack(group)]);
  itPassesStack(rule, "a list of health checks with ELB", [
    inStack(spoil(group, { healthCheckType: "EC2, elb" })),
  ]);
  itPassesStack(rule, "a group without a load balancer", [
    inStack(alone),
    among({ ...inStack(spoil(alone, { targetGroupArns: undefined })), urn: "bare" }, {}),
  ]);
  for (const healthCheckType of ["EC2", undefined]) {
    const bare = spoil(alone, { healthCheckType });
    const attached = [
      ["a target group", { targetGroupArns: ["arn"] }, "ELB"],
      ["a classic load balancer", { loadBalancers: ["web"] }, "ELB"],
      ["a traffic source", { trafficSources: [{ identifier: "arn" }] }, "ELB"],
      [
        "a lattice target group",
        { trafficSources: [{ identifier: "arn", type: "vpc-lattice" }] },
        "VPC_LATTICE",
      ],
    ] as const;
    for (const [what, { ...change }, check] of attached) {
      const changed = among({ ...bare, props: { ...bare.props, ...change } }, {});
      itRefusesStack(rule, `${String(healthCheckType)} with ${what}`, [changed], {
        ...{ of: changed, at: "healthCheckType", value: healthCheckType, allowed: `"${check}"` },
      });
    }
  }
  const attachment = fixture("aws:autoscaling/attachment:Attachment", "web", {
    autoscalingGroupName: "fleet",
    lbTargetGroupArn: "arn",
  });
  itRefusesStack(rule, "an attachment by the group's name", [named, among(attachment, {})], {
    ...{ of: named, at: "healthCheckType", value: "EC2", allowed: '"ELB"' },
  });
  itPassesStack(rule, "an attachment of another group", [
    named,
    among(spoil(attachment, { autoscalingGroupName: "another" }), {}),
  ]);
  const unseen = spoil(attachment, { autoscalingGroupName: unknown });
  itRefusesStack(
    rule,
    "an attachment that a preview knows by its dependency",
    [named, among(unseen, { autoscalingGroupName: [named] })],
    { of: named, at: "healthCheckType", value: "EC2", allowed: '"ELB"' },
  );

  it("does not judge an attachment of one of two groups in a preview", async () => {
    const other = { ...named, urn: "other" };
    const either = among(unseen, { autoscalingGroupName: [named, other] });
    const { violations, unknown: reported } = await judgeStack(rule, [named, other, either]);
    expect(violations).to.deep.equal([]);
    expect(reported).to.contain("autoscalingGroupName");
  });
  it("does not judge a load balancer that a preview does not know", async () => {
    const changed = { ...inStack(alone), props: { healthCheckType: "EC2", targetGroupArns: unknown } };
    expect((await judgeStack(rule, [changed])).unknown).to.contain("targetGroupArns");
  });
});
