import type { Instance } from "@aws-sdk/client-ec2";

import type { StudentAccount } from "../account/account";
import { everyItem } from "../account/paging";
import { isOwn, tagsOf } from "./ownership";

/** An EC2 instance that is starting or running. */
export interface Server {
  readonly id: string;
  readonly state: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly imageId: string;
  readonly type: string;
  /** Public IPv4 addresses of all its interfaces. */
  readonly publicAddresses: readonly string[];
  /** Ids of the security groups of all its interfaces. */
  readonly groups: readonly string[];
  readonly keyName: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** The student's servers that are starting or running, by id. */
export async function serversOf(account: StudentAccount): Promise<readonly Server[]> {
  const ec2 = await account.ec2();
  const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
  const all = await everyItem(
    paginateDescribeInstances({ client: ec2 }, {}),
    ({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances),
    ({ InstanceId }) => InstanceId,
  );
  return all.filter(({ State, Tags }) => isOn(State?.Name) && isOwn(account, Tags)).map(server);
}

function isOn(state: string | undefined): boolean {
  return state === "running" || state === "pending";
}

function server(found: Instance): Server {
  const interfaces = found.NetworkInterfaces ?? [];
  const addresses = [
    ...interfaces.flatMap(({ Association, PrivateIpAddresses = [] }) => [
      Association?.PublicIp,
      ...PrivateIpAddresses.map((each) => each.Association?.PublicIp),
    ]),
    found.PublicIpAddress,
  ];
  const groups = [...(found.SecurityGroups ?? []), ...interfaces.flatMap(({ Groups = [] }) => Groups)];
  return {
    id: found.InstanceId ?? "",
    state: found.State?.Name ?? "unknown",
    zone: found.Placement?.AvailabilityZone ?? "",
    vpcId: found.VpcId ?? "",
    subnetId: found.SubnetId ?? "",
    imageId: found.ImageId ?? "",
    type: found.InstanceType ?? "",
    publicAddresses: unique(addresses.filter((address) => address !== undefined && address !== "")),
    groups: unique(groups.map(({ GroupId }) => GroupId)),
    keyName: found.KeyName,
    tags: tagsOf(found.Tags),
  };
}

function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.flatMap((value) => value ?? []))].toSorted();
}
