import { randomBytes } from "node:crypto";

/**
 * The tags of a backup's parts. A backup has no record elsewhere: its parts survive the stack, the state and this
 * program.
 */
export const marks = {
  /** The backup's id, on each part. */
  pair: "site-backup:pair",
  /** When it began, as ISO 8601, on each part. */
  started: "site-backup:started",
  /** `shared` when the backup has a part with uploads, else `none`; on the snapshot. */
  uploads: "site-backup:uploads",
  /** `complete` or `failed`, on the snapshot; set last. Until then the backup is in progress. */
  outcome: "site-backup:outcome",
} as const;

/** A new backup's id, e.g. `20261201-113502-3f2a`: sorted as the backups' times are. */
export function newPairId(now: Date): string {
  const digits = now.toISOString().replace(/\..*/, "").replaceAll(/[-:]/g, "");
  return `${digits.replace("T", "-")}-${randomBytes(2).toString("hex")}`;
}
