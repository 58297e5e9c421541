import { resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { onDatabases } from "../../support/views/databases";

export const databaseBackups = resourceRule(
  {
    name: "database-backups",
    displayName: "Database backups for a week",
    description: "A database keeps its daily backups long enough.",
    why: "Users often notice damage by a plug-in or an attacker only after days; a good backup must still exist then.",
    severity: "medium",
    topics: ["backup"],
    fix: "Raise backupRetentionPeriod (Redshift: automatedSnapshotRetentionPeriod).",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
    counterparts: {
      fsbp: ["RDS.11", "DocumentDB.2", "Neptune.5", "Redshift.3"],
      checkov: ["CKV_AWS_133", "CKV_AWS_343", "CKV_AWS_360", "CKV_AWS_361"],
      cdkNag: ["AwsSolutions-RDS13", "AwsSolutions-DOC4", "AwsSolutions-N3", "AwsSolutions-RS10"],
    },
    settings: {
      minimumRetentionDays: wholeNumber({
        default: 7,
        minimum: 1,
        maximum: 35,
        description: "The shortest retention of backups, in days",
      }),
    },
  },
  onDatabases(function* ({ backupDays, isReplica }, { minimumRetentionDays }) {
    // The source of a replica instance has the backups.
    if (backupDays === undefined || isReplica) return;
    const days = backupDays.value();
    if (days === undefined || days < minimumRetentionDays) {
      yield { at: backupDays.at, value: days, allowed: `at least ${String(minimumRetentionDays)} days` };
    }
  }),
);
