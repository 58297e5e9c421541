import { builderClosed } from "../../../policies/guardrails/rules/builderClosed";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, unknown } from "../support/fixture";
import { httpRule, serverGroup, site } from "../support/site";

const group = among(fixture("aws:ec2/securityGroup:SecurityGroup", "builder"), {});
const egress = among(
  fixture("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "mirrors", {
    securityGroupId: unknown,
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 80,
    toPort: 80,
  }),
  { securityGroupId: [group] },
);
const imageIn = (...groups: Parameters<typeof among>[1][string][]) =>
  among(
    fixture("golden-image:index:GoldenImage", "image", { securityGroupId: unknown, publicAddress: true }),
    { securityGroupId: groups.flat() },
  );

describe("builder-closed", () => {
  itPassesStack(builderClosed, "a stack without a builder", site);
  itPassesStack(builderClosed, "a builder without ingress rules", [...site, group, egress, imageIn([group])]);

  const ssh = among(
    fixture("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ssh", {
      securityGroupId: unknown,
      cidrIpv4: "203.0.113.7/32",
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
    }),
    { securityGroupId: [group] },
  );
  const refused = { at: "ingress", value: "traffic to the builder", allowed: "no ingress rules" };
  itRefusesStack(
    builderClosed,
    "an ingress rule of the builder's group",
    [...site, group, ssh, imageIn([group])],
    {
      ...refused,
      of: ssh,
    },
  );
  itRefusesStack(builderClosed, "the servers' own group", [...site, imageIn([serverGroup])], {
    ...refused,
    of: httpRule,
  });

  const open = among(
    fixture("aws:ec2/securityGroup:SecurityGroup", "open", {
      ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    }),
    {},
  );
  itRefusesStack(builderClosed, "a rule within the group", [...site, open, imageIn([open])], {
    ...refused,
    of: open,
  });

  const image = imageIn([]);
  itRefusesStack(builderClosed, "a security group of another stack", [...site, image], {
    of: image,
    at: "securityGroupId",
    value: undefined,
    allowed: "a security group of this stack, so that its rules are known",
  });
});
