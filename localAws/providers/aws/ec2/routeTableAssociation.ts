import type { RouteTableAssociation } from "@aws-sdk/client-ec2";
import type { RouteTableAssociationArgs, RouteTableAssociationState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The association of a subnet with a route table. AWS changes its id with the table, so it is found by the subnet. */
export const routeTableAssociation: ResourceType<RouteTableAssociationArgs> = {
  token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  properties: { routeTableId: { required: true }, subnetId: { required: true, replace: true } },
  async create(aws, inputs) {
    const from = reading<RouteTableAssociationArgs>(inputs);
    const ec2 = await aws.ec2();
    const { AssociationId } = await ec2.associateRouteTable({
      RouteTableId: from.requiredString("routeTableId"),
      SubnetId: from.requiredString("subnetId"),
    });
    return { id: sent(AssociationId, "AssociationId") };
  },
  async read(aws, id, prior) {
    const subnetId = reading<RouteTableAssociationArgs>(prior).string("subnetId");
    const found = await (subnetId === undefined ? ofId(aws, id) : ofSubnet(aws, subnetId));
    if (found === undefined) return undefined;
    return present({
      routeTableId: found.RouteTableId,
      subnetId: found.SubnetId,
    } satisfies Known<RouteTableAssociationState>);
  },
  /** Import id: `subnet-1/rtb-1`. */
  async imported(aws, pair) {
    const [subnetId = "", routeTableId, ...others] = pair.split("/");
    if (routeTableId === undefined || others.length > 0) return undefined;
    const found = await ofSubnet(aws, subnetId);
    if (found?.RouteTableId !== routeTableId) return undefined;
    return {
      id: sent(found.RouteTableAssociationId, "RouteTableAssociationId"),
      prior: { subnetId, routeTableId },
    };
  },
  async update(aws, { new: inputs }) {
    const from = reading<RouteTableAssociationArgs>(inputs);
    const found = await ofSubnet(aws, from.requiredString("subnetId"));
    const ec2 = await aws.ec2();
    await ec2.replaceRouteTableAssociation({
      AssociationId: sent(found?.RouteTableAssociationId, "RouteTableAssociationId"),
      RouteTableId: from.requiredString("routeTableId"),
    });
  },
  async delete(aws, _id, state) {
    const found = await ofSubnet(aws, reading<RouteTableAssociationArgs>(state).requiredString("subnetId"));
    if (found === undefined) return;
    const ec2 = await aws.ec2();
    await unlessGone(
      ec2.disassociateRouteTable({ AssociationId: found.RouteTableAssociationId }),
      "InvalidAssociationID.NotFound",
    );
  },
};

async function ofSubnet(aws: AwsClients, subnetId: string): Promise<RouteTableAssociation | undefined> {
  const associations = await associationsWhere(aws, "association.subnet-id", subnetId);
  return associations.find(({ SubnetId }) => SubnetId === subnetId);
}

async function ofId(aws: AwsClients, id: string): Promise<RouteTableAssociation | undefined> {
  const associations = await associationsWhere(aws, "association.route-table-association-id", id);
  return associations.find(({ RouteTableAssociationId }) => RouteTableAssociationId === id);
}

async function associationsWhere(
  aws: AwsClients,
  Name: string,
  value: string,
): Promise<RouteTableAssociation[]> {
  const ec2 = await aws.ec2();
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name, Values: [value] }] });
  return (RouteTables ?? []).flatMap(({ Associations }) => Associations ?? []);
}
