import type { GetAvailabilityZonesResult, GetCallerIdentityResult } from "@pulumi/aws";

import { filtersOf } from "../ec2/networkFunctions";
import type { FunctionType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The provider's region. */
export const getRegion: FunctionType = {
  token: "aws:index/getRegion:getRegion",
  args: [],
  invoke: ({ region }) =>
    Promise.resolve(
      present({
        description: region,
        endpoint: `ec2.${region}.amazonaws.com`,
        id: region,
        name: region,
        region,
      }),
    ),
};

/** The provider's account. The emulator treats every caller as its root user. */
export const getCallerIdentity: FunctionType = {
  token: "aws:index/getCallerIdentity:getCallerIdentity",
  args: [],
  invoke: ({ accountId }) =>
    Promise.resolve(
      present({
        accountId,
        arn: `arn:aws:iam::${accountId}:root`,
        id: accountId,
        userId: accountId,
      } satisfies Known<GetCallerIdentityResult>),
    ),
};

/** The partition of the region. The emulator has the partition `aws`. */
export const getPartition: FunctionType = {
  token: "aws:index/getPartition:getPartition",
  args: [],
  invoke: () =>
    Promise.resolve(
      present({
        dnsSuffix: "amazonaws.com",
        id: "aws",
        partition: "aws",
        reverseDnsPrefix: "com.amazonaws",
      }),
    ),
};

/** The region's Availability Zones, by name. */
export const getAvailabilityZones: FunctionType = {
  token: "aws:index/getAvailabilityZones:getAvailabilityZones",
  args: ["filters", "state"],
  async invoke(aws, args) {
    const state = reading<GetAvailabilityZonesResult>(args).string("state");
    const { AvailabilityZones } = await (
      await aws.ec2()
    ).describeAvailabilityZones({
      Filters: [
        ...(filtersOf(args) ?? []),
        ...(state === undefined ? [] : [{ Name: "state", Values: [state] }]),
      ],
    });
    const zones = [...(AvailabilityZones ?? [])].sort((one, other) =>
      (one.ZoneName ?? "").localeCompare(other.ZoneName ?? ""),
    );
    return present({
      groupNames: [...new Set(zones.flatMap(({ GroupName }) => GroupName ?? []))],
      id: aws.region,
      names: zones.flatMap(({ ZoneName }) => ZoneName ?? []),
      region: aws.region,
      state,
      zoneIds: zones.flatMap(({ ZoneId }) => ZoneId ?? []),
    } satisfies Known<GetAvailabilityZonesResult>);
  },
};
