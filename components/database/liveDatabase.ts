import * as aws from "@pulumi/aws";

import { accountNeed } from "../settings/account";
import { lookUp } from "../settings/lookUp";
import type { Problem } from "../settings/problem";
import type { DatabaseSettings } from "./options";
import { leastGrownGiB } from "./storage";

/** The stack's database in the account. */
export interface LiveDatabase {
  /** The full version, e.g. 11.8.3. */
  readonly engineVersion: string;
  readonly allocatedStorage: number;
}

/**
 * Looks up the live database, and lists the changes that RDS would refuse.
 * @param tags the tags that identify the stack's database.
 */
export async function liveDatabaseProblems(
  settings: DatabaseSettings,
  tags: Readonly<Record<string, string>>,
): Promise<readonly Problem[]> {
  const live = await findLiveDatabase(tags);
  return live === undefined ? [] : problemsOfChange(settings, live);
}

/** Finds it by its tags, because a program cannot read its own state. `undefined` when there is none, or two during a replacement. */
async function findLiveDatabase(tags: Readonly<Record<string, string>>): Promise<LiveDatabase | undefined> {
  const found = aws.rds.getInstances({ tags: { ...tags } });
  const { instanceIdentifiers } = await lookUp(accountNeed, found);
  const [dbInstanceIdentifier, ...others] = instanceIdentifiers;
  if (dbInstanceIdentifier === undefined || others.length > 0) return undefined;
  return await lookUp(accountNeed, aws.rds.getInstance({ dbInstanceIdentifier }));
}

/** The changes that RDS would refuse. */
export function problemsOfChange(settings: DatabaseSettings, live: LiveDatabase): readonly Problem[] {
  return [...versionProblems(settings, live), ...storageProblems(settings, live)].map((problem) => ({
    ...problem,
    path: `database.${problem.path}`,
  }));
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

function majorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function isOlder(one: string, other: string): boolean {
  return one.localeCompare(other, "en", { numeric: true }) < 0;
}
