import type { Finding } from "../../support/finding";
import { ingressRulesOf, isWide, letsIn } from "../../support/ingress";
import type { AnyResource } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber, wholeNumbers, type ValuesOf } from "../../support/settings";
import { judgeEach } from "../../support/unknown";

/** The ports, and which ranges count as the internet. */
export const closedPorts = {
  ports: wholeNumbers({
    default: [22, 1433, 1521, 2049, 3306, 3389, 5432, 6379, 27_017],
    minimum: 0,
    maximum: 65_535,
    description:
      "The TCP ports that must not be open to the internet; the default is those of SSH, RDP, NFS and common databases",
  }),
  shortestIpv4Prefix: wholeNumber({
    default: 8,
    minimum: 1,
    maximum: 32,
    description: "An IPv4 range with a shorter prefix counts as the internet",
  }),
  shortestIpv6Prefix: wholeNumber({
    default: 32,
    minimum: 1,
    maximum: 128,
    description: "An IPv6 range with a shorter prefix counts as the internet",
  }),
};

type Values = ValuesOf<typeof closedPorts>;

/** Covers SSH and databases, in every form of a security group rule. Prefix lists: no-prefix-lists-open-to-world. */
export const noPortsOpenToWorld = resourceRule(
  {
    name: "no-ports-open-to-world",
    displayName: "SSH and database ports closed to the internet",
    description: "No security group opens SSH, remote desktop or a database to the internet.",
    why: "Attackers scan these ports all the time, for weak passwords and known vulnerabilities.",
    severity: "critical",
    topics: ["network-exposure"],
    fix: "Allow only the needed addresses or a security group. For SSH, use an EC2 Instance Connect Endpoint or Session Manager, which need no port open to the internet.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19",
    counterparts: {
      fsbp: ["EC2.19"],
      checkov: ["CKV_AWS_24", "CKV_AWS_25"],
      cdkNag: ["AwsSolutions-EC23"],
    },
    settings: closedPorts,
  },
  [
    on("aws:ec2/securityGroup:SecurityGroup", judgeRules),
    on("aws:ec2/securityGroupRule:SecurityGroupRule", judgeRules),
    on("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", judgeRules),
  ],
);

function judgeRules(_props: object, values: Values, resource: AnyResource): Iterable<Finding> {
  const shortest = { ipv4: values.shortestIpv4Prefix, ipv6: values.shortestIpv6Prefix };
  return judgeEach(ingressRulesOf(resource), function* (rule) {
    const open = values.ports.filter((port) => letsIn(port, rule));
    if (open.length === 0) return;
    for (const { at, value } of rule.ranges()) {
      if (isWide(value, shortest)) {
        yield {
          at,
          value,
          allowed: `for ports ${open.join(", ")}, ranges of /${String(shortest.ipv4)} (IPv6: /${String(shortest.ipv6)}) or narrower`,
        };
      }
    }
  });
}
