import * as aws from "@pulumi/aws";

import { accountNeed } from "../settings/account";
import { lookUp } from "../settings/lookUp";
import type { Problem } from "../settings/problem";
import type { DatabaseSettings } from "./options";
import { originOf } from "./origin";
import { snapshotProblems } from "./snapshot";
import { leastGrownGiB } from "./storage";
import { majorOf } from "./version";

/** The stack's database in the account. */
export interface LiveDatabase {
  /** The full version, e.g. 11.8.3. */
  readonly engineVersion: string;
  readonly allocatedStorage: number;
  /** The snapshot from which it was restored; `undefined` when it began empty. */
  readonly restoredFrom: string | undefined;
}

/**
 * Looks up the live database and the snapshot that would replace it, and lists what RDS would refuse.
 * @param tags the tags that identify the stack's database.
 */
export async function liveDatabaseProblems(
  settings: DatabaseSettings,
  tags: Readonly<Record<string, string>>,
): Promise<readonly Problem[]> {
  const live = await findLiveDatabase(tags);
  const { restoreFrom } = settings;
  // Later the snapshot may be gone: the database exists.
  const restores = restoreFrom !== undefined && restoreFrom !== live?.restoredFrom;
  const problems = [
    ...(live === undefined ? [] : problemsOfChange(settings, live)),
    ...(restores ? await snapshotProblems(settings, restoreFrom) : []),
  ];
  return problems.map((problem) => ({ ...problem, path: `database.${problem.path}` }));
}

/** Finds it by its tags, because a program cannot read its own state. `undefined` when there is none, or two during a replacement. */
async function findLiveDatabase(tags: Readonly<Record<string, string>>): Promise<LiveDatabase | undefined> {
  const found = aws.rds.getInstances({ tags: { ...tags } });
  const { instanceIdentifiers } = await lookUp(accountNeed, found);
  const [dbInstanceIdentifier, ...others] = instanceIdentifiers;
  if (dbInstanceIdentifier === undefined || others.length > 0) return undefined;
  const live = await lookUp(accountNeed, aws.rds.getInstance({ dbInstanceIdentifier }));
  return { ...live, restoredFrom: originOf(live.tags) };
}

/** The changes of a live database that RDS would refuse. */
export function problemsOfChange(settings: DatabaseSettings, live: LiveDatabase): readonly Problem[] {
  // A restored database does not keep the version and the storage of the live one.
  return settings.restoreFrom === live.restoredFrom
    ? [...versionProblems(settings, live), ...storageProblems(settings, live)]
    : replacementProblems(settings, live);
}

function replacementProblems(
  { restoreFrom, deletionProtection }: DatabaseSettings,
  live: LiveDatabase,
): Problem[] {
  if (restoreFrom === undefined) {
    const allowed = `${live.restoredFrom ?? ""}, because the live database was restored from it, or another snapshot; for an empty database, create another stack`;
    return [{ path: "restoreFrom", value: restoreFrom, allowed }];
  }
  if (!deletionProtection) return [];
  const allowed =
    "false while restoreFrom changes, because the restored database replaces the live one: set it to false, run up, then set restoreFrom and run up";
  return [{ path: "deletionProtection", value: deletionProtection, allowed }];
}

function versionProblems({ engineVersion, applyChanges }: DatabaseSettings, live: LiveDatabase): Problem[] {
  const running = majorOf(live.engineVersion);
  if (isOlder(engineVersion, running)) {
    const allowed = `${running} or newer, because RDS cannot downgrade the live database; or restore a snapshot from before the upgrade as another database`;
    return [{ path: "engineVersion", value: engineVersion, allowed }];
  }
  if (engineVersion !== running && applyChanges === "maintenanceWindow") {
    const allowed = `immediately, while engineVersion changes from ${running} to ${engineVersion}: RDS uses the old version's parameter group until the window`;
    return [{ path: "applyChanges", value: applyChanges, allowed }];
  }
  return [];
}

function storageProblems(
  { allocatedStorageGiB, maxAllocatedStorageGiB }: DatabaseSettings,
  live: LiveDatabase,
): Problem[] {
  const current = live.allocatedStorage;
  const refuse = (allowed: string): Problem[] => [
    { path: "allocatedStorageGiB", value: allocatedStorageGiB, allowed },
  ];
  if (allocatedStorageGiB < current && maxAllocatedStorageGiB === undefined) {
    return refuse(
      `${String(current)} or more, because the live database has this size and RDS cannot shrink it; for a smaller one, create a second database and move the content`,
    );
  }
  const least = leastGrownGiB(current);
  if (allocatedStorageGiB > current && allocatedStorageGiB < least) {
    return refuse(
      `${String(current)}, or ${String(least)} and more, because RDS grows storage by at least a tenth`,
    );
  }
  return [];
}

function isOlder(one: string, other: string): boolean {
  return one.localeCompare(other, "en", { numeric: true }) < 0;
}
