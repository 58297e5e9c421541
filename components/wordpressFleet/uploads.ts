import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { InvalidSettingsError } from "../settings/problem";
import { zoneCount } from "../shared/zones";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** Where the shared uploads stand. */
export interface UploadsPlace {
  /** Private subnets, one in each of the servers' zones. */
  readonly subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Lets NFS (port 2049) in from the servers, and nothing else. */
  readonly securityGroupId: pulumi.Input<string>;
}

/** What the servers keep uploads in. */
export interface Uploads {
  /** `local`, or the file system's DNS name: in each zone it leads to that zone's mount target. */
  readonly address: pulumi.Output<string>;
  /** What must be there before a server boots. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Where shared uploads stand; `undefined` for local ones.
 * @param subject whose argument `uploadsPlace` is, for the reader of an error.
 * @throws InvalidSettingsError when they are shared and nobody says where they stand.
 */
export function settlePlace(
  subject: string,
  { uploads }: FleetSettings,
  place: UploadsPlace | undefined,
): UploadsPlace | undefined {
  if (uploads === "local") return undefined;
  if (place !== undefined) return place;
  const allowed = "where shared uploads stand, { subnetIds, securityGroupId }; or uploads local";
  throw new InvalidSettingsError(subject, [{ path: "uploadsPlace", value: place, allowed }]);
}

/** A file system that every server mounts, in every zone; without a place, each server's own disk. */
export function createUploads(
  subject: string,
  scope: FleetScope,
  settings: FleetSettings,
  place: UploadsPlace | undefined,
): Uploads {
  if (place === undefined) return { address: pulumi.output("local"), ready: [] };
  const fileSystem = createFileSystem(scope, settings);
  const policy = requireEncryptionInTransit(scope, fileSystem);
  const mountTargets = createMountTargets(subject, scope, fileSystem, place);
  if (settings.uploadsBackups) backUp(scope, fileSystem);
  return { address: fileSystem.dnsName, ready: [policy, ...mountTargets] };
}

/**
 * Elastic throughput, as AWS recommends for a load that comes in bursts: paid by what is read and written, where
 * a small file system's own throughput, bursting, would be 50 KiB/s for each GiB. What nobody has opened for a
 * month moves to storage at less than a tenth of the price, and comes back when somebody does.
 * @see https://docs.aws.amazon.com/efs/latest/ug/performance.html#throughput-modes
 * @see https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html
 */
function createFileSystem(
  { name, tags, parent }: FleetScope,
  { dataDeletionProtection }: FleetSettings,
): aws.efs.FileSystem {
  const fileSystemName = `${name}-uploads`;
  return new aws.efs.FileSystem(
    fileSystemName,
    {
      encrypted: true,
      throughputMode: "elastic",
      lifecyclePolicies: [
        { transitionToIa: "AFTER_30_DAYS" },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
      tags: named(fileSystemName, tags),
    },
    { parent, protect: dataDeletionProtection },
  );
}

/**
 * Refuses whoever speaks without TLS. A policy takes the place of EFS's own, which lets every client in that
 * reaches a mount target, so it has to say that too: the security group decides who that is.
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
function requireEncryptionInTransit(
  { name, parent }: FleetScope,
  fileSystem: aws.efs.FileSystem,
): aws.efs.FileSystemPolicy {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ServersThroughMountTargets",
        Effect: "Allow",
        Principal: { AWS: "*" },
        // Root, since a server gives the folder to its web server's user.
        Action: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientWrite",
          "elasticfilesystem:ClientRootAccess",
        ],
        Resource: fileSystem.arn,
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      },
      {
        Sid: "NothingWithoutTls",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "*",
        Resource: fileSystem.arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
  return new aws.efs.FileSystemPolicy(`${name}-uploads`, { fileSystemId: fileSystem.id, policy }, { parent });
}

/** One in each zone: the file system's name leads nowhere in a zone that has none. */
function createMountTargets(
  subject: string,
  { name, parent }: FleetScope,
  fileSystem: aws.efs.FileSystem,
  { subnetIds, securityGroupId }: UploadsPlace,
): readonly aws.efs.MountTarget[] {
  const oneInEachZone = pulumi.output(subnetIds).apply((ids) => {
    if (ids.length === zoneCount && new Set(ids).size === zoneCount) return ids;
    const allowed = `${String(zoneCount)} different subnets, one in each zone of the servers`;
    throw new InvalidSettingsError(subject, [{ path: "uploadsPlace.subnetIds", value: ids, allowed }]);
  });
  return Array.from(
    { length: zoneCount },
    (_, index) =>
      new aws.efs.MountTarget(
        `${name}-uploads-${String(index + 1)}`,
        {
          fileSystemId: fileSystem.id,
          subnetId: oneInEachZone.apply((ids) => subnetAt(ids, index)),
          securityGroups: [securityGroupId],
        },
        { parent },
      ),
  );
}

function subnetAt(ids: readonly string[], index: number): string {
  const id = ids[index];
  if (id === undefined) throw new Error(`no subnet ${String(index + 1)} for the uploads`);
  return id;
}

/**
 * Daily by AWS Backup, kept for 35 days, also when the file system is gone.
 * @see https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
 */
function backUp({ name, parent }: FleetScope, fileSystem: aws.efs.FileSystem): void {
  new aws.efs.BackupPolicy(
    `${name}-uploads`,
    { fileSystemId: fileSystem.id, backupPolicy: { status: "ENABLED" } },
    { parent },
  );
}
