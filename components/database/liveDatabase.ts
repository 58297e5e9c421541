import * as aws from "@pulumi/aws";

import { accountNeed } from "../settings/account";
import { lookUp } from "../settings/lookUp";
import type { Problem } from "../settings/problem";
import type { DatabaseSettings } from "./options";
import { leastGrownGiB } from "./storage";

/** The stack's database as it is in the account. */
export interface LiveDatabase {
  /** With its minor part, e.g. 11.8.3. */
  readonly engineVersion: string;
  readonly allocatedStorage: number;
}

/**
 * Asks AWS for the live database, and lists what RDS cannot make of it.
 * @param tags those by which the stack's database is found when it is up.
 */
export async function liveDatabaseProblems(
  settings: DatabaseSettings,
  tags: Readonly<Record<string, string>>,
): Promise<readonly Problem[]> {
  const live = await findLiveDatabase(tags);
  return live === undefined ? [] : problemsOfChange(settings, live);
}

/** By its tags: a program cannot read its own state. `undefined` when there is none, or two while one replaces another. */
async function findLiveDatabase(tags: Readonly<Record<string, string>>): Promise<LiveDatabase | undefined> {
  const found = aws.rds.getInstances({ tags: { ...tags } });
  const { instanceIdentifiers } = await lookUp(accountNeed, found);
  const [dbInstanceIdentifier, ...others] = instanceIdentifiers;
  if (dbInstanceIdentifier === undefined || others.length > 0) return undefined;
  return await lookUp(accountNeed, aws.rds.getInstance({ dbInstanceIdentifier }));
}

/** What RDS would refuse. */
export function problemsOfChange(settings: DatabaseSettings, live: LiveDatabase): readonly Problem[] {
  return [...versionProblems(settings, live), ...storageProblems(settings, live)].map((problem) => ({
    ...problem,
    path: `database.${problem.path}`,
  }));
}

function versionProblems({ engineVersion, applyChanges }: DatabaseSettings, live: LiveDatabase): Problem[] {
  const running = majorOf(live.engineVersion);
  if (isOlder(engineVersion, running)) {
    const allowed = `${running} or newer, as RDS cannot take the live database back; or restore a snapshot of before the upgrade as another database`;
    return [{ path: "engineVersion", value: engineVersion, allowed }];
  }
  if (engineVersion !== running && applyChanges === "maintenanceWindow") {
    const allowed = `immediately, while engineVersion goes from ${running} to ${engineVersion}: RDS keeps the old version's parameter group in use until the window`;
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
      `${String(current)} or more, as the live database has that much and RDS cannot shrink it; a smaller one is a second database, to which you move the content`,
    );
  }
  const least = leastGrownGiB(current);
  if (allocatedStorageGiB > current && allocatedStorageGiB < least) {
    return refuse(
      `${String(current)}, or ${String(least)} and more, as RDS grows storage by a tenth at least`,
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
