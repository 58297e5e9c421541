import { remediateOn, on, resourceRule } from "../../support/rule";

export const noPublicSubnetDefault = resourceRule(
  {
    name: "no-public-subnet-default",
    displayName: "Subnets assign no public addresses",
    description: "A subnet does not assign public addresses by default.",
    why: "An instance that is launched without an own setting, by the scheduled launcher or by hand, would get a public address. Load balancers and NAT gateways do not need this default.",
    severity: "medium",
    topics: ["network-exposure"],
    fix: "Set mapPublicIpOnLaunch to false; for awsx.ec2.Vpc, with a transform.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
    counterparts: { fsbp: ["EC2.15"], checkov: ["CKV_AWS_130"], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:ec2/subnet:Subnet", function* ({ mapPublicIpOnLaunch }) {
      if (mapPublicIpOnLaunch === true) {
        yield { at: "mapPublicIpOnLaunch", value: mapPublicIpOnLaunch, allowed: "false" };
      }
    }),
  ],
  [remediateOn("aws:ec2/subnet:Subnet", () => ({ mapPublicIpOnLaunch: false }))],
);
