import type { Finding } from "../../support/finding";
import { remediateOn, on, resourceRule } from "../../support/rule";
import { isOn } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";

export const noPublicSubnetDefault = resourceRule(
  {
    name: "no-public-subnet-default",
    displayName: "Subnets assign no public addresses",
    description: "A subnet does not assign public addresses, IPv4 or IPv6, by default.",
    why: "An instance that is launched without an own setting, by the scheduled launcher or by hand, would get a public address. Load balancers and NAT gateways do not need this default.",
    severity: "medium",
    topics: ["network-exposure"],
    fix: "Set mapPublicIpOnLaunch and assignIpv6AddressOnCreation to false; for awsx.ec2.Vpc, with a transform.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15",
    counterparts: { fsbp: ["EC2.15"], checkov: ["CKV_AWS_130"], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:ec2/subnet:Subnet", judgeDefaults),
    on("aws:ec2/defaultSubnet:DefaultSubnet", function* (props) {
      // The provider sets it unless the program does not want it.
      yield* judgeDefaults({ ...props, mapPublicIpOnLaunch: props.mapPublicIpOnLaunch ?? true });
    }),
  ],
  [
    remediateOn("aws:ec2/subnet:Subnet", remediate),
    remediateOn("aws:ec2/defaultSubnet:DefaultSubnet", (props) => ({
      ...remediate(props),
      mapPublicIpOnLaunch: false,
    })),
  ],
);

interface Defaults {
  readonly mapPublicIpOnLaunch?: boolean | undefined;
  readonly assignIpv6AddressOnCreation?: boolean | undefined;
}

const properties = ["mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"] as const;

function judgeDefaults(defaults: Defaults): Iterable<Finding> {
  return judgeEach(properties, (property) =>
    isOn(defaults[property]) ? [{ at: property, value: defaults[property], allowed: "false" }] : [],
  );
}

function remediate(defaults: Defaults): Partial<Record<(typeof properties)[number], false>> {
  return Object.fromEntries(
    properties.filter((property) => isOn(defaults[property])).map((property) => [property, false]),
  );
}
