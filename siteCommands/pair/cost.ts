import { prices } from "../../components/cost/prices";
import type { Pair } from "./pair";

const bytesPerGiB = 1024 ** 3;

/**
 * The most that a backup costs a month, in US dollars in us-east-1. RDS and AWS Backup bill the changed blocks alone,
 * and report the whole size. RDS bills nothing while all backups of a region are smaller than its databases.
 */
export function dollarsPerMonth({ snapshot, uploads }: Pair): number {
  return (
    (snapshot?.sizeGiB ?? 0) * prices.databaseSnapshotPerGiBMonth +
    ((uploads?.sizeBytes ?? 0) / bytesPerGiB) * prices.sharedFilesBackupPerGiBMonth
  );
}
