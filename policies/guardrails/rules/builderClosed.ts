import { ingressRulesOf } from "../../support/ingress";
import { stackRule } from "../../support/rule";
import { allOf, referredTo, type StackResource } from "../../support/stack";

/** The one machine that may have a public address: for minutes, and to speak, not to be spoken to. */
export const builderClosed = stackRule(
  {
    name: "builder-closed",
    displayName: "Nothing reaches the builder of an image",
    description: "The security group of a golden image's builder is of this stack and lets nothing in.",
    why: "Without a NAT gateway the builder needs a public address to fetch packages. Whoever could reach it while it builds would be on every server that starts from its image.",
    severity: "high",
    fix: "Give the builder a security group of its own, without ingress rules.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    for (const image of allOf(stack, "golden-image:index:GoldenImage")) {
      const groups = referredTo(image, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup");
      if (groups.length === 0) {
        yield {
          resource: image,
          at: "securityGroupId",
          value: undefined,
          allowed: "a security group of this stack, whose rules can be seen",
        };
      }
      for (const resource of stack.filter((each) => letsInto(groups, each))) {
        yield { resource, at: "ingress", value: "traffic to the builder", allowed: "none" };
      }
    }
  },
);

/** Whether a resource lets anything into one of the groups: the group itself, or a rule that refers to it. */
function letsInto(groups: readonly StackResource[], resource: StackResource): boolean {
  if (ingressRulesOf(resource).length === 0) return false;
  const [target] = referredTo(resource, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup");
  return groups.some(({ urn }) => urn === (target ?? resource).urn);
}
