import type { VpcEndpoint, VpcEndpointType } from "@aws-sdk/client-ec2";
import type { VpcEndpointArgs, VpcEndpointState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { filled, present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { memberChange } from "./members";
import { retag, taggedAs } from "./tagging";

const endpointTypes: Readonly<Record<string, VpcEndpointType>> = {
  Gateway: "Gateway",
  Interface: "Interface",
};

/** A VPC endpoint of an AWS service, of type Gateway (a route) or Interface (network interfaces). */
export const vpcEndpoint: ResourceType<VpcEndpointArgs> = {
  token: "aws:ec2/vpcEndpoint:VpcEndpoint",
  properties: {
    policy: { computed: true, json: "policy" },
    privateDnsEnabled: { computed: true },
    routeTableIds: { computed: true, set: true },
    securityGroupIds: { computed: true, set: true },
    serviceName: { required: true, replace: true },
    subnetIds: { computed: true, set: true },
    tags: {},
    vpcEndpointType: { replace: true, default: "Gateway" },
    vpcId: { required: true, replace: true },
  },
  check,
  async create(aws, inputs) {
    const from = reading<VpcEndpointArgs>(inputs);
    const ec2 = await aws.ec2();
    const { VpcEndpoint } = await ec2.createVpcEndpoint({
      PolicyDocument: from.json("policy"),
      PrivateDnsEnabled: from.boolean("privateDnsEnabled"),
      RouteTableIds: from.strings("routeTableIds"),
      SecurityGroupIds: from.strings("securityGroupIds"),
      ServiceName: from.requiredString("serviceName"),
      SubnetIds: from.strings("subnetIds"),
      VpcEndpointType: endpointTypes[from.requiredString("vpcEndpointType")],
      VpcId: from.requiredString("vpcId"),
      ...taggedAs("vpc-endpoint", inputs),
    });
    return { id: sent(VpcEndpoint?.VpcEndpointId, "VpcEndpoint.VpcEndpointId") };
  },
  async read(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(
      ec2.describeVpcEndpoints({ VpcEndpointIds: [id] }),
      "InvalidVpcEndpointId.NotFound",
    );
    const found = answer?.VpcEndpoints?.[0];
    if (found === undefined || /^deleted$|^deleting$/i.test(found.State ?? "")) return undefined;
    return present({
      arn: ec2Arn(aws, "vpc-endpoint", id, found.OwnerId),
      dnsEntries: (found.DnsEntries ?? []).map(({ DnsName, HostedZoneId }) =>
        present({ dnsName: DnsName, hostedZoneId: HostedZoneId }),
      ),
      networkInterfaceIds: found.NetworkInterfaceIds ?? [],
      ownerId: found.OwnerId,
      policy: found.PolicyDocument,
      prefixListId: await prefixListId(aws, found),
      privateDnsEnabled: found.PrivateDnsEnabled,
      requesterManaged: found.RequesterManaged,
      routeTableIds: filled(found.RouteTableIds),
      securityGroupIds: filled(found.Groups?.flatMap(({ GroupId }) => GroupId ?? [])),
      serviceName: found.ServiceName,
      state: found.State?.toLowerCase(),
      subnetIds: filled(found.SubnetIds),
      vpcEndpointType: found.VpcEndpointType,
      vpcId: found.VpcId,
      ...tagProperties(found.Tags),
    } satisfies Known<VpcEndpointState>);
  },
  async update(aws, change) {
    const { id: VpcEndpointId, old, new: inputs, changed } = change;
    const from = reading<VpcEndpointArgs>(inputs);
    if ([...changed].some((name) => name !== "tags")) {
      const ec2 = await aws.ec2();
      const routeTables = memberChange(old, inputs, "routeTableIds");
      const groups = memberChange(old, inputs, "securityGroupIds");
      const subnets = memberChange(old, inputs, "subnetIds");
      await ec2.modifyVpcEndpoint({
        VpcEndpointId,
        PolicyDocument: changed.has("policy") ? from.json("policy") : undefined,
        PrivateDnsEnabled: changed.has("privateDnsEnabled") ? from.boolean("privateDnsEnabled") : undefined,
        AddRouteTableIds: routeTables.added,
        RemoveRouteTableIds: routeTables.removed,
        AddSecurityGroupIds: groups.added,
        RemoveSecurityGroupIds: groups.removed,
        AddSubnetIds: subnets.added,
        RemoveSubnetIds: subnets.removed,
      });
    }
    await retag(aws, change);
  },
  async delete(aws, id) {
    const ec2 = await aws.ec2();
    const { Unsuccessful } = await ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    const refusal = Unsuccessful?.[0]?.Error;
    if (refusal === undefined || refusal.Code === "InvalidVpcEndpoint.NotFound") return;
    throw new Error(`DeleteVpcEndpoints was refused by AWS: ${refusal.Code ?? ""}: ${refusal.Message ?? ""}`);
  },
};

/** The prefix list of a Gateway endpoint, for security group rules. */
async function prefixListId(aws: AwsClients, found: VpcEndpoint): Promise<string | undefined> {
  if (found.VpcEndpointType !== "Gateway") return undefined;
  const ec2 = await aws.ec2();
  const { PrefixLists } = await ec2.describePrefixLists({
    Filters: [{ Name: "prefix-list-name", Values: [found.ServiceName ?? ""] }],
  });
  return PrefixLists?.find(({ PrefixListName }) => PrefixListName === found.ServiceName)?.PrefixListId;
}

function check({ vpcEndpointType, routeTableIds, subnetIds, securityGroupIds }: Properties) {
  if (vpcEndpointType === "Interface") {
    if (routeTableIds === undefined) return [];
    return [{ property: "routeTableIds", reason: "an Interface endpoint does not support route tables" }];
  }
  if (vpcEndpointType !== "Gateway") {
    return [{ property: "vpcEndpointType", reason: "Gateway or Interface" }];
  }
  return Object.entries({ subnetIds, securityGroupIds }).flatMap(([property, value]) =>
    value === undefined ? [] : [{ property, reason: `a Gateway endpoint does not support ${property}` }],
  );
}
