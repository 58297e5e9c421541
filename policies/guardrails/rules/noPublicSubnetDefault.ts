import { remediateOn, on, resourceRule } from "../../support/rule";

/** What a launch template forgets to say, the subnet decides. */
export const noPublicSubnetDefault = resourceRule(
  {
    name: "no-public-subnet-default",
    displayName: "Subnets hand out no public addresses",
    description: "A subnet gives no public address to what starts in it.",
    why: "Any server that is launched without saying so, by the scheduled launcher or by hand, would get a public address. Load balancers and NAT gateways bring addresses of their own.",
    severity: "medium",
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
