import type { MountTargetDescription } from "@aws-sdk/client-efs";
import type { MountTargetArgs, MountTargetState } from "@pulumi/aws/efs";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { waitUntil } from "../wait";

/** Time limit of creation and deletion, in seconds. */
const withinSeconds = 1800;

/** A mount target of a file system in a subnet. Its id is EFS's (`fsmt-…`). */
export const mountTarget: ResourceType<MountTargetArgs> = {
  token: "aws:efs/mountTarget:MountTarget",
  properties: {
    fileSystemId: { required: true, replace: true },
    ipAddress: { replace: true, computed: true },
    securityGroups: { set: true, computed: true },
    subnetId: { required: true, replace: true },
  },
  async create(aws, inputs) {
    const from = reading<MountTargetArgs>(inputs);
    const { MountTargetId } = await (
      await aws.efs()
    ).createMountTarget({
      FileSystemId: from.requiredString("fileSystemId"),
      IpAddress: from.string("ipAddress"),
      SecurityGroups: from.strings("securityGroups"),
      SubnetId: from.requiredString("subnetId"),
    });
    return { id: sent(MountTargetId, "MountTargetId") };
  },
  async complete(aws, id) {
    let state: string | undefined;
    const available = await waitUntil(withinSeconds, async () => {
      state = (await find(aws, id))?.LifeCycleState;
      return state === "available";
    });
    if (!available) {
      throw new Error(`${id}: ${String(state)} after ${String(withinSeconds)} seconds, not available`);
    }
  },
  async read(aws, id) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    const { SecurityGroups } = await (
      await aws.efs()
    ).describeMountTargetSecurityGroups({ MountTargetId: id });
    const fileSystemId = sent(found.FileSystemId, "FileSystemId");
    const dnsName = `${fileSystemId}.efs.${aws.region}.amazonaws.com`;
    return present({
      availabilityZoneId: found.AvailabilityZoneId,
      availabilityZoneName: found.AvailabilityZoneName,
      dnsName,
      fileSystemArn: `arn:aws:elasticfilesystem:${aws.region}:${aws.accountId}:file-system/${fileSystemId}`,
      fileSystemId,
      ipAddress: found.IpAddress,
      mountTargetDnsName: `${sent(found.AvailabilityZoneName, "AvailabilityZoneName")}.${dnsName}`,
      networkInterfaceId: found.NetworkInterfaceId,
      ownerId: found.OwnerId,
      securityGroups: SecurityGroups ?? [],
      subnetId: found.SubnetId,
    } satisfies Known<MountTargetState>);
  },
  async update(aws, { id, new: inputs }) {
    await (
      await aws.efs()
    ).modifyMountTargetSecurityGroups({
      MountTargetId: id,
      SecurityGroups: reading<MountTargetArgs>(inputs).strings("securityGroups"),
    });
  },
  async delete(aws, id) {
    await unlessGone((await aws.efs()).deleteMountTarget({ MountTargetId: id }), "MountTargetNotFound");
    const gone = await waitUntil(withinSeconds, async () => (await find(aws, id)) === undefined);
    if (!gone) throw new Error(`${id}: still exists ${String(withinSeconds)} seconds after its deletion`);
  },
};

async function find(aws: AwsClients, MountTargetId: string): Promise<MountTargetDescription | undefined> {
  const answer = await unlessGone(
    (await aws.efs()).describeMountTargets({ MountTargetId }),
    "MountTargetNotFound",
  );
  return answer?.MountTargets?.[0];
}
