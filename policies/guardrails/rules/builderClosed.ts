import { stackRule } from "../../support/rule";
import { allOf, referredTo, type StackResource } from "../../support/stack";
import { collect } from "../../support/unknown";
import { ingressRulesOf } from "../../support/views/ingress";

/** The builder is the only instance that may have a public address, for the minutes of a build, and only for outgoing traffic. */
export const builderClosed = stackRule(
  {
    name: "builder-closed",
    displayName: "No inbound traffic to an image builder",
    description:
      "The security group of a golden image's builder belongs to this stack and has no ingress rules.",
    why: "Without a NAT gateway the builder needs a public address to download packages. An attacker who reaches it during the build controls every server that starts from the image.",
    severity: "high",
    topics: ["network-exposure"],
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
          allowed: "a security group of this stack, so that its rules are known",
        };
      }
      for (const resource of stack.filter((each) => letsInto(groups, each))) {
        yield { resource, at: "ingress", value: "traffic to the builder", allowed: "no ingress rules" };
      }
    }
  },
);

/** Whether a resource is one of the groups, or a rule of one, and has ingress rules. */
function letsInto(groups: readonly StackResource[], resource: StackResource): boolean {
  const { items, unknown } = collect(ingressRulesOf(resource));
  if (unknown !== undefined) throw unknown;
  if (items.length === 0) return false;
  const [target] = referredTo(resource, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup");
  return groups.some(({ urn }) => urn === (target ?? resource).urn);
}
