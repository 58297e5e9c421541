import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash, randomBytes } from "node:crypto";

import type { DatabaseSettings } from "./options";

/**
 * The database's identifier, known before it is made: its log groups carry it in their names. It starts as the subnet
 * group's name, which Pulumi generates, and ends otherwise for a database that replaces another: both exist for a while.
 */
export function identifierOf(
  subnetGroup: aws.rds.SubnetGroup,
  { databaseName }: DatabaseSettings,
): pulumi.Output<string> {
  const mark = createHash("sha256").update(databaseName).digest("hex").slice(0, 6);
  return pulumi.interpolate`${subnetGroup.name}-${mark}`;
}

/**
 * A name for a new database's final snapshot. Snapshots outlive their databases and RDS takes no name twice, so each
 * database gets one of its own, which the program cannot derive: it proposes a new one at each run, and the resource
 * ignores all but the first.
 */
export function newSnapshotName(name: string): string {
  return `${name}-final-${randomBytes(4).toString("hex")}`;
}
