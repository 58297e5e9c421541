import type { Stack } from "../stack/stack";
import { hasTags, recordOf, tagsOf } from "../stack/stack";
import { vaultName } from "../stack/vault";
import { marks } from "./marks";
import { pairsOf, type Pair, type SnapshotPart, type UploadsPart } from "./pair";

/** The stack's backups in AWS, newest first. */
export async function findPairs(stack: Stack, now = new Date()): Promise<readonly Pair[]> {
  const [snapshots, uploads] = await Promise.all([snapshotsOf(stack), uploadsOf(stack)]);
  return pairsOf(snapshots, uploads, now);
}

async function snapshotsOf(stack: Stack): Promise<readonly SnapshotPart[]> {
  const { paginateDescribeDBSnapshots } = await import("@aws-sdk/client-rds");
  const found: SnapshotPart[] = [];
  for await (const { DBSnapshots = [] } of paginateDescribeDBSnapshots(
    { client: await stack.clients.rds() },
    { SnapshotType: "manual" },
  )) {
    for (const each of DBSnapshots) {
      const tags = recordOf(each.TagList);
      if (each.DBSnapshotIdentifier === undefined || !isOf(stack, tags)) continue;
      found.push({
        name: each.DBSnapshotIdentifier,
        status: each.Status ?? "",
        sizeGiB: each.AllocatedStorage ?? 0,
        engineVersion: each.EngineVersion ?? "",
        tags,
      });
    }
  }
  return found;
}

async function uploadsOf(stack: Stack): Promise<readonly UploadsPart[]> {
  const { paginateListRecoveryPointsByBackupVault, ResourceNotFoundException } =
    await import("@aws-sdk/client-backup");
  const client = await stack.clients.backup();
  const found: UploadsPart[] = [];
  try {
    for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByBackupVault(
      { client },
      { BackupVaultName: vaultName },
    )) {
      for (const { RecoveryPointArn: arn, Status: status = "", BackupSizeInBytes = 0 } of RecoveryPoints) {
        if (arn === undefined) continue;
        const { Tags: tags = {} } = await client.listTags({ ResourceArn: arn });
        if (isOf(stack, tags)) found.push({ arn, status, sizeBytes: BackupSizeInBytes, tags });
      }
    }
  } catch (error) {
    // Without a vault, no backup has uploads.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return found;
}

function isOf(stack: Stack, tags: Readonly<Record<string, string>>): boolean {
  return marks.pair in tags && hasTags(tags, tagsOf(stack));
}
