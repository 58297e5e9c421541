import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash, randomBytes } from "node:crypto";

import type { DatabaseSettings } from "./options";

/**
 * The database's identifier, known before its creation, because the names of its log groups contain it. It starts with
 * the generated name of the subnet group. The end depends on what replaces a database, because both databases exist
 * during a replacement.
 */
export function identifierOf(
  subnetGroup: aws.rds.SubnetGroup,
  { databaseName, restoreFrom }: DatabaseSettings,
): pulumi.Output<string> {
  const cause = restoreFrom === undefined ? databaseName : `snapshot ${restoreFrom}`;
  const mark = createHash("sha256").update(cause).digest("hex").slice(0, 6);
  return pulumi.interpolate`${subnetGroup.name}-${mark}`;
}

/**
 * A random name for a new database's final snapshot. A snapshot remains when its database is deleted, and RDS refuses a
 * second snapshot of the same name. The program proposes a new name in each run; the resource ignores all but the first.
 */
export function newSnapshotName(name: string): string {
  return `${name}-final-${randomBytes(4).toString("hex")}`;
}
