import type { SubnetGroupArgs, SubnetGroupState } from "@pulumi/aws/rds";

import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { newTagList, tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { updateTags } from "./tags";

/** A subnet group. Its id is its name. */
export const subnetGroup: ResourceType<SubnetGroupArgs> = {
  token: "aws:rds/subnetGroup:SubnetGroup",
  properties: {
    description: { default: "Managed by Pulumi" },
    name: { replace: true, autoName: { maxLength: 255, lowerCase: true } },
    subnetIds: { required: true, set: true },
    tags: {},
  },
  async create(aws, inputs) {
    const from = reading<SubnetGroupArgs>(inputs);
    const DBSubnetGroupName = from.requiredString("name");
    await (
      await aws.rds()
    ).createDBSubnetGroup({
      DBSubnetGroupName,
      DBSubnetGroupDescription: from.requiredString("description"),
      SubnetIds: from.requiredStrings("subnetIds"),
      Tags: newTagList(inputs),
    });
    return { id: DBSubnetGroupName };
  },
  async read(aws, id) {
    const rds = await aws.rds();
    const found = (
      await unlessGone(rds.describeDBSubnetGroups({ DBSubnetGroupName: id }), "DBSubnetGroupNotFoundFault")
    )?.DBSubnetGroups?.[0];
    if (found === undefined) return undefined;
    const { TagList } = await rds.listTagsForResource({ ResourceName: found.DBSubnetGroupArn });
    return present({
      arn: found.DBSubnetGroupArn,
      description: found.DBSubnetGroupDescription,
      name: found.DBSubnetGroupName,
      subnetIds: (found.Subnets ?? []).map((subnet) => sent(subnet.SubnetIdentifier, "SubnetIdentifier")),
      vpcId: found.VpcId,
      ...tagProperties(TagList),
    } satisfies Known<SubnetGroupState>);
  },
  async update(aws, change) {
    const from = reading<SubnetGroupArgs>(change.new);
    if (change.changed.has("subnetIds") || change.changed.has("description")) {
      await (
        await aws.rds()
      ).modifyDBSubnetGroup({
        DBSubnetGroupName: change.id,
        DBSubnetGroupDescription: from.string("description"),
        SubnetIds: from.requiredStrings("subnetIds"),
      });
    }
    await updateTags(aws, change);
  },
  async delete(aws, id) {
    const rds = await aws.rds();
    await unlessGone(rds.deleteDBSubnetGroup({ DBSubnetGroupName: id }), "DBSubnetGroupNotFoundFault");
  },
};
