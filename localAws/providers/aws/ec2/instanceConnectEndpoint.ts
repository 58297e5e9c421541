import type {
  InstanceConnectEndpointArgs,
  InstanceConnectEndpointState,
} from "@pulumi/aws/ec2transitgateway";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { filled, present, reading, type Known } from "../values";
import { waitUntil } from "../wait";
import { retag, taggedAs } from "./tagging";

/** AWS takes minutes for creation and deletion. Terraform has the same limit. */
const maxSeconds = 600;

/** An EC2 Instance Connect Endpoint: SSH to servers without a public address. One per VPC. */
export const instanceConnectEndpoint: ResourceType<InstanceConnectEndpointArgs> = {
  token: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
  properties: {
    preserveClientIp: { replace: true, default: true },
    securityGroupIds: { replace: true, computed: true, set: true },
    subnetId: { required: true, replace: true },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<InstanceConnectEndpointArgs>(inputs);
    const ec2 = await aws.ec2();
    const { InstanceConnectEndpoint } = await ec2.createInstanceConnectEndpoint({
      PreserveClientIp: from.boolean("preserveClientIp"),
      SecurityGroupIds: from.strings("securityGroupIds"),
      SubnetId: from.requiredString("subnetId"),
      ...taggedAs("instance-connect-endpoint", inputs),
    });
    return { id: sent(InstanceConnectEndpoint?.InstanceConnectEndpointId, "InstanceConnectEndpointId") };
  },
  async complete(aws, id) {
    await leaves(aws, id, "create-in-progress");
    const state = (await find(aws, id))?.State;
    if (state !== "create-complete") throw new Error(`${id} became ${state ?? "unknown to AWS"}`);
  },
  async read(aws, id) {
    const found = await find(aws, id);
    if (found === undefined || found.State?.startsWith("delete") === true) return undefined;
    return present({
      arn: found.InstanceConnectEndpointArn,
      availabilityZone: found.AvailabilityZone,
      dnsName: found.DnsName,
      fipsDnsName: found.FipsDnsName ?? "",
      networkInterfaceIds: found.NetworkInterfaceIds ?? [],
      ownerId: found.OwnerId,
      preserveClientIp: found.PreserveClientIp,
      securityGroupIds: filled(found.SecurityGroupIds),
      subnetId: found.SubnetId,
      vpcId: found.VpcId,
      ...tagProperties(found.Tags),
    } satisfies Known<InstanceConnectEndpointState>);
  },
  update: retag,
  async delete(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(
      ec2.deleteInstanceConnectEndpoint({ InstanceConnectEndpointId: id }),
      "InvalidInstanceConnectEndpointId.NotFound",
    );
    if (answer !== undefined) await leaves(aws, id, "delete-in-progress");
  },
};

async function find(aws: AwsClients, id: string) {
  const ec2 = await aws.ec2();
  const answer = await unlessGone(
    ec2.describeInstanceConnectEndpoints({ InstanceConnectEndpointIds: [id] }),
    "InvalidInstanceConnectEndpointId.NotFound",
  );
  return answer?.InstanceConnectEndpoints?.[0];
}

/** Waits while it is in a transitional state. The SDK has no waiter for it. */
async function leaves(aws: AwsClients, id: string, passing: string): Promise<void> {
  const left = await waitUntil(maxSeconds, async () => (await find(aws, id))?.State !== passing);
  if (!left) throw new Error(`${id} has been ${passing} for ${maxSeconds / 60} minutes`);
}
