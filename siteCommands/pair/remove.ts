import type { Stack } from "../stack/stack";
import { vaultName } from "../stack/vault";
import type { Pair } from "./pair";

/** Deletes a backup's parts. The snapshot is last: without it, nothing would mark the rest as a backup. */
export async function removePair(
  { clients }: Pick<Stack, "clients">,
  { snapshot, uploads }: Pick<Pair, "snapshot" | "uploads">,
): Promise<void> {
  if (uploads !== undefined) await removeUploads(clients, uploads.arn);
  if (snapshot !== undefined) await removeSnapshot(clients, snapshot.name);
}

async function removeUploads(clients: Stack["clients"], RecoveryPointArn: string): Promise<void> {
  const { ResourceNotFoundException } = await import("@aws-sdk/client-backup");
  try {
    await (await clients.backup()).deleteRecoveryPoint({ BackupVaultName: vaultName, RecoveryPointArn });
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

async function removeSnapshot(clients: Stack["clients"], DBSnapshotIdentifier: string): Promise<void> {
  const { DBSnapshotNotFoundFault } = await import("@aws-sdk/client-rds");
  try {
    await (await clients.rds()).deleteDBSnapshot({ DBSnapshotIdentifier });
  } catch (error) {
    if (!(error instanceof DBSnapshotNotFoundFault)) throw error;
  }
}
