import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { named } from "../settings/named";
import { InvalidSettingsError } from "../settings/problem";
import { zoneCount } from "../shared/zones";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** Where the file system of shared uploads is placed. */
export interface UploadsPlace {
  /** Private subnets, one in each of the servers' zones. */
  readonly subnetIds: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Allows only inbound NFS (port 2049) from the servers. */
  readonly securityGroupId: pulumi.Input<string>;
}

/** The storage of uploads. */
export interface Uploads {
  /** `local`, or the file system's DNS name, which resolves to the mount target of the same zone. */
  readonly address: pulumi.Output<string>;
  /** `undefined` with local uploads. */
  readonly fileSystemId: pulumi.Output<string> | undefined;
  /** Resources that must exist before a server boots. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Where the file system of shared uploads is placed; `undefined` for local uploads.
 * @param subject the component with the argument `uploadsPlace`, for the error.
 * @throws InvalidSettingsError when uploads are shared and `uploadsPlace` is missing.
 */
export function settlePlace(
  subject: string,
  { uploads }: FleetSettings,
  place: UploadsPlace | undefined,
): UploadsPlace | undefined {
  if (uploads === "local") return undefined;
  if (place !== undefined) return place;
  const allowed = "the place of shared uploads, { subnetIds, securityGroupId }; or uploads: local";
  throw new InvalidSettingsError(subject, [{ path: "uploadsPlace", value: place, allowed }]);
}

/** A file system that every server mounts, with a mount target in each zone; or each server's own disk. */
export function createUploads(
  subject: string,
  scope: FleetScope,
  settings: FleetSettings,
  place: UploadsPlace | undefined,
): Uploads {
  if (place === undefined) {
    return { address: pulumi.output("local"), fileSystemId: undefined, ready: [] };
  }
  const fileSystem = createFileSystem(scope, settings);
  const policy = requireEncryptionInTransit(scope, fileSystem);
  const mountTargets = createMountTargets(subject, scope, fileSystem, place);
  if (settings.uploadsBackups) backUp(scope, fileSystem);
  return { address: fileSystem.dnsName, fileSystemId: fileSystem.id, ready: [policy, ...mountTargets] };
}

/**
 * Elastic throughput, as AWS recommends for bursts: AWS bills the data read and written. With bursting throughput, a
 * small file system would have 50 KiB/s for each GiB. Files that no one has opened for a month move to Infrequent Access
 * storage, at less than a tenth of the price, and move back on the next access.
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
 * Denies access without TLS. This policy replaces EFS's default, which allows every client that reaches a mount target,
 * so it must allow that, too. The security group controls which clients reach a mount target.
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
        // Root access, because a server changes the folder's owner to the web server's user.
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

/** One in each zone: the file system's DNS name does not resolve in a zone without a mount target. */
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
  if (id === undefined) throw new Error(`The uploads have no subnet ${String(index + 1)}.`);
  return id;
}

/**
 * Daily backups by AWS Backup, kept for 35 days, also after the file system is deleted.
 * @see https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
 */
function backUp({ name, parent }: FleetScope, fileSystem: aws.efs.FileSystem): void {
  new aws.efs.BackupPolicy(
    `${name}-uploads`,
    { fileSystemId: fileSystem.id, backupPolicy: { status: "ENABLED" } },
    { parent },
  );
}
