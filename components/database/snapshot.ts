import * as aws from "@pulumi/aws";

import { lookUp } from "../settings/lookUp";
import type { Problem } from "../settings/problem";
import type { DatabaseSettings } from "./options";
import { leastGrownGiB } from "./storage";
import { majorOf } from "./version";

/** The facts of a snapshot that decide whether a database with some settings can be restored from it. */
export interface Snapshot {
  readonly engine: string;
  /** The full version, e.g. 11.8.3. */
  readonly engineVersion: string;
  readonly allocatedStorage: number;
  readonly encrypted: boolean;
  /** `available` when it can be restored. */
  readonly status: string;
}

/**
 * Looks up a snapshot, and lists the settings with which RDS cannot restore it.
 * @throws ExpectedError when the snapshot does not exist.
 */
export async function snapshotProblems(
  settings: DatabaseSettings,
  restoreFrom: string,
): Promise<readonly Problem[]> {
  const need = `The snapshot ${restoreFrom} must exist in the region, and this account must be allowed to use it. Set database.restoreFrom to another snapshot: aws rds describe-db-snapshots lists them.`;
  const found = aws.rds.getSnapshot({
    dbSnapshotIdentifier: restoreFrom,
    includeShared: restoreFrom.startsWith("arn:"),
  });
  return problemsOfRestore(settings, await lookUp(need, found));
}

/** The settings with which RDS cannot restore this snapshot. */
export function problemsOfRestore(settings: DatabaseSettings, snapshot: Snapshot): readonly Problem[] {
  return [
    ...contentProblems(settings, snapshot),
    ...versionProblems(settings, snapshot),
    ...storageProblems(settings, snapshot),
  ];
}

/** A restored database has the snapshot's engine and encryption, and Pulumi would replace it for these in each update. */
function contentProblems(
  { restoreFrom }: DatabaseSettings,
  { engine, encrypted, status }: Snapshot,
): Problem[] {
  const refuse = (allowed: string): Problem => ({ path: "restoreFrom", value: restoreFrom, allowed });
  return [
    ...(engine === "mariadb" ? [] : [refuse(`a snapshot of MariaDB (this one is of ${engine})`)]),
    ...(encrypted
      ? []
      : [
          refuse(
            "an encrypted snapshot; copy this one with aws rds copy-db-snapshot --kms-key-id alias/aws/rds, and name the copy",
          ),
        ]),
    ...(status === "available" ? [] : [refuse(`a snapshot that is available (this one is ${status})`)]),
  ];
}

/** RDS restores the snapshot's version, and only with a parameter group of that version. */
function versionProblems({ engineVersion }: DatabaseSettings, snapshot: Snapshot): Problem[] {
  const version = majorOf(snapshot.engineVersion);
  if (snapshot.engine !== "mariadb" || engineVersion === version) return [];
  const allowed = `${version}, the version of the snapshot; upgrade after the restore`;
  return [{ path: "engineVersion", value: engineVersion, allowed }];
}

/** The provider restores the snapshot's size, and then changes it to the setting's. */
function storageProblems({ allocatedStorageGiB }: DatabaseSettings, snapshot: Snapshot): Problem[] {
  const size = snapshot.allocatedStorage;
  const least = leastGrownGiB(size);
  if (allocatedStorageGiB === size || allocatedStorageGiB >= least) return [];
  const allowed = `${String(size)}, the size of the snapshot, or ${String(least)} and more, because RDS cannot shrink storage and grows it by at least a tenth`;
  return [{ path: "allocatedStorageGiB", value: allocatedStorageGiB, allowed }];
}
