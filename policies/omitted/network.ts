import type { OmittedControls } from "./omittedControls";

/** For VPCs, subnets, routes and security groups. */
export const network: readonly OmittedControls[] = [
  {
    ids: ["EC2.2", "CKV2_AWS_12"],
    what: "A default security group without rules",
    why: "The network removes its rules. A rule cannot see the default group of a stack that does not manage it.",
  },
  {
    ids: ["EC2.6", "AwsSolutions-VPC7", "CKV2_AWS_11"],
    what: "VPC flow logs",
    why: "They cost more than the rest of a student's stack, and need a log group or a bucket.",
  },
  {
    ids: ["EC2.10", "EC2.55", "EC2.56", "EC2.57", "EC2.58", "EC2.60"],
    what: "Interface endpoints for other services",
    why: "Each costs about $7 a month and zone; the network creates those that the fleet needs.",
  },
  {
    ids: ["EC2.16", "EC2.21", "AwsSolutions-VPC3", "CKV2_AWS_1"],
    what: "Required or forbidden network ACLs",
    why: "An ACL opens nothing alone, and every open security group is a violation, also behind a closed ACL. An ACL is stateless: it lets in the answers to requests, on ports from 1024 to 65535 from everywhere, which EC2.21 counts as open for port 3389. cdk-nag asks for no ACLs.",
  },
  {
    ids: ["CKV_AWS_23", "AwsSolutions-EC27", "CKV2_AWS_5", "CKV2_AWS_19"],
    what: "Descriptions on groups and rules; nothing unused",
    why: "This is tidiness, not security; the program's groups and rules have descriptions.",
  },
  {
    ids: ["CKV_AWS_277", "CKV_AWS_382"],
    what: "No rule for all ports, no egress to everywhere",
    why: "The rules check each sensitive port, inside wide ranges too. Servers that install packages must reach the internet.",
  },
  {
    ids: ["CKV_AWS_148"],
    what: "No default VPC",
    why: "A default VPC exists in the account, with or without a resource for it. Rules judge its subnets and groups where a stack manages them.",
  },
  {
    ids: ["CKV_AWS_229", "CKV_AWS_230", "CKV_AWS_231", "CKV_AWS_232", "CKV_AWS_352"],
    what: "Network ACLs closed for single ports",
    why: "Network ACLs are a second layer: without state, they must accept the answers of every connection. The security groups decide, and no-ports-open-to-world checks them.",
  },
  {
    ids: ["CKV2_AWS_35", "CKV2_AWS_44"],
    what: "NAT gateways instead of NAT instances; narrow routes to peered VPCs",
    why: "way-out-in-each-zone checks where routes to the internet go. The program has no peered VPCs.",
  },
  {
    ids: ["CKV2_AWS_7", "CKV2_AWS_23"],
    what: "Security groups of EMR; DNS records without a target",
    why: "The packs judge every security group, whatever uses it. Whether a record has a target is a state of the account.",
  },
];
