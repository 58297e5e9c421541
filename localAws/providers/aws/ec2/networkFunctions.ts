import type { Filter } from "@aws-sdk/client-ec2";
import type {
  GetInstanceTypeOfferingsResult,
  GetSubnetResult,
  GetSubnetsResult,
  GetVpcResult,
  GetVpcsResult,
} from "@pulumi/aws/ec2";

import type { FunctionType, Properties } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";

/** The ids of all matching VPCs; none is no error. */
export const getVpcs: FunctionType = {
  token: "aws:ec2/getVpcs:getVpcs",
  args: ["filters", "tags"],
  async invoke(aws, args) {
    const { Vpcs = [] } = await (await aws.ec2()).describeVpcs({ Filters: filtersOf(args) });
    return present({
      ...args,
      id: aws.region,
      ids: Vpcs.flatMap(({ VpcId }) => VpcId ?? []),
      region: aws.region,
      tags: args["tags"] ?? {},
    } satisfies Known<GetVpcsResult>);
  },
};

/** One VPC, by its id. */
export const getVpc: FunctionType = {
  token: "aws:ec2/getVpc:getVpc",
  args: ["id"],
  async invoke(aws, args) {
    const id = reading<GetVpcResult>(args).requiredString("id");
    const { Vpcs } = await (await aws.ec2()).describeVpcs({ VpcIds: [id] });
    const found = Vpcs?.[0];
    if (found === undefined) throw new Error("no matching EC2 VPC found");
    return present({
      arn: ec2Arn(aws, "vpc", id, found.OwnerId),
      cidrBlock: found.CidrBlock,
      default: found.IsDefault,
      dhcpOptionsId: found.DhcpOptionsId,
      id,
      instanceTenancy: found.InstanceTenancy,
      ownerId: found.OwnerId,
      region: aws.region,
      state: found.State,
      tags: tagProperties(found.Tags).tagsAll,
    } satisfies Known<GetVpcResult>);
  },
};

/** The ids of all matching subnets; none is no error. */
export const getSubnets: FunctionType = {
  token: "aws:ec2/getSubnets:getSubnets",
  args: ["filters", "tags"],
  async invoke(aws, args) {
    const { Subnets = [] } = await (await aws.ec2()).describeSubnets({ Filters: filtersOf(args) });
    return present({
      ...args,
      id: aws.region,
      ids: Subnets.flatMap(({ SubnetId }) => SubnetId ?? []),
      region: aws.region,
      tags: args["tags"] ?? {},
    } satisfies Known<GetSubnetsResult>);
  },
};

/** One subnet, by its id. */
export const getSubnet: FunctionType = {
  token: "aws:ec2/getSubnet:getSubnet",
  args: ["id"],
  async invoke(aws, args) {
    const id = reading<GetSubnetResult>(args).requiredString("id");
    const { Subnets } = await (await aws.ec2()).describeSubnets({ SubnetIds: [id] });
    const found = Subnets?.[0];
    if (found === undefined) throw new Error("no matching EC2 Subnet found");
    return present({
      arn: found.SubnetArn,
      availabilityZone: found.AvailabilityZone,
      availabilityZoneId: found.AvailabilityZoneId,
      availableIpAddressCount: found.AvailableIpAddressCount,
      cidrBlock: found.CidrBlock,
      defaultForAz: found.DefaultForAz,
      id,
      mapPublicIpOnLaunch: found.MapPublicIpOnLaunch,
      ownerId: found.OwnerId,
      region: aws.region,
      state: found.State,
      tags: tagProperties(found.Tags).tagsAll,
      vpcId: found.VpcId,
    } satisfies Known<GetSubnetResult>);
  },
};

/** The locations that offer instance types, as three lists of equal length. */
export const getInstanceTypeOfferings: FunctionType = {
  token: "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings",
  args: ["filters", "locationType"],
  async invoke(aws, args) {
    const locationType = reading<GetInstanceTypeOfferingsResult>(args).string("locationType");
    const known = (["availability-zone", "availability-zone-id", "region"] as const).find(
      (type) => type === locationType,
    );
    if (locationType !== undefined && known === undefined) {
      throw new Error(
        `locationType: ${locationType} is not availability-zone, availability-zone-id or region`,
      );
    }
    const ec2 = await aws.ec2();
    const offerings: { readonly type: string; readonly location: string; readonly kind: string }[] = [];
    let token: string | undefined;
    do {
      const page = await ec2.describeInstanceTypeOfferings({
        Filters: filtersOf(args),
        LocationType: known,
        NextToken: token,
      });
      for (const { InstanceType = "", Location = "", LocationType = "" } of page.InstanceTypeOfferings ??
        []) {
        offerings.push({ type: InstanceType, location: Location, kind: LocationType });
      }
      token = page.NextToken;
    } while (token !== undefined && token !== "");
    return present({
      ...args,
      id: aws.region,
      instanceTypes: offerings.map(({ type }) => type),
      locations: offerings.map(({ location }) => location),
      locationTypes: offerings.map(({ kind }) => kind),
      region: aws.region,
    } satisfies Known<GetInstanceTypeOfferingsResult>);
  },
};

/** AWS's filters from the `filters` and `tags` of a function. */
export function filtersOf(args: Properties): Filter[] | undefined {
  const from = reading<{ filters?: object[]; tags?: Record<string, string> }>(args);
  const filters = (from.objects("filters") ?? []).map((filter) => {
    const each = reading<{ name: string; values: string[] }>(filter);
    return { Name: each.requiredString("name"), Values: each.requiredStrings("values") };
  });
  const tags = Object.entries(from.stringMap("tags") ?? {}).map(([key, value]) => ({
    Name: `tag:${key}`,
    Values: [value],
  }));
  return filters.length + tags.length === 0 ? undefined : [...filters, ...tags];
}
