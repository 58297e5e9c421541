import type { InternetGatewayArgs, InternetGatewayState } from "@pulumi/aws/ec2";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import { onceUnused } from "./onceUnused";
import { retag, taggedAs } from "./tagging";

/** An internet gateway. */
export const internetGateway: ResourceType<InternetGatewayArgs> = {
  token: "aws:ec2/internetGateway:InternetGateway",
  properties: { tags: {}, vpcId: { computed: true } },
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const { InternetGateway } = await ec2.createInternetGateway(taggedAs("internet-gateway", inputs));
    return { id: sent(InternetGateway?.InternetGatewayId, "InternetGateway.InternetGatewayId") };
  },
  async complete(aws, InternetGatewayId, inputs) {
    const VpcId = reading<InternetGatewayArgs>(inputs).string("vpcId");
    if (VpcId === undefined) return;
    const ec2 = await aws.ec2();
    await ec2.attachInternetGateway({ InternetGatewayId, VpcId });
  },
  async read(aws, id) {
    const ec2 = await aws.ec2();
    const answer = await unlessGone(
      ec2.describeInternetGateways({ InternetGatewayIds: [id] }),
      "InvalidInternetGatewayID.NotFound",
    );
    const found = answer?.InternetGateways?.[0];
    if (found === undefined) return undefined;
    return present({
      arn: ec2Arn(aws, "internet-gateway", id, found.OwnerId),
      ownerId: found.OwnerId,
      vpcId: found.Attachments?.[0]?.VpcId,
      ...tagProperties(found.Tags),
    } satisfies Known<InternetGatewayState>);
  },
  async update(aws, change) {
    if (change.changed.has("vpcId")) {
      const ec2 = await aws.ec2();
      const before = reading<InternetGatewayArgs>(change.old).string("vpcId");
      const after = reading<InternetGatewayArgs>(change.new).string("vpcId");
      if (before !== undefined) {
        await ec2.detachInternetGateway({ InternetGatewayId: change.id, VpcId: before });
      }
      if (after !== undefined) {
        await ec2.attachInternetGateway({ InternetGatewayId: change.id, VpcId: after });
      }
    }
    await retag(aws, change);
  },
  async delete(aws, InternetGatewayId, state) {
    const ec2 = await aws.ec2();
    const VpcId = reading<InternetGatewayArgs>(state).string("vpcId");
    if (VpcId !== undefined) {
      await onceUnused(() =>
        unlessGone(
          ec2.detachInternetGateway({ InternetGatewayId, VpcId }),
          "InvalidInternetGatewayID.NotFound",
          "Gateway.NotAttached",
        ),
      );
    }
    await unlessGone(ec2.deleteInternetGateway({ InternetGatewayId }), "InvalidInternetGatewayID.NotFound");
  },
};
