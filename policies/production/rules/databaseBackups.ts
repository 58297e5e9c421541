import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

export const databaseBackups = resourceRule(
  {
    name: "database-backups",
    displayName: "Database backups for a week",
    description: "A database keeps its daily backups long enough.",
    why: "Users often notice damage by a plug-in or an attacker only after days; a good backup must still exist then.",
    severity: "medium",
    topics: ["backup"],
    fix: "Raise backupRetentionPeriod.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-11",
    counterparts: { fsbp: ["RDS.11"], checkov: ["CKV_AWS_133"], cdkNag: ["AwsSolutions-RDS13"] },
    settings: {
      minimumRetentionDays: wholeNumber({
        default: 7,
        minimum: 1,
        maximum: 35,
        description: "The shortest retention of backups, in days",
      }),
    },
  },
  [
    on("aws:rds/instance:Instance", function* (database, values) {
      // A replica's source has the backups.
      if (!isSet(database, "replicateSourceDb")) {
        yield* judgeDays(database.backupRetentionPeriod, values.minimumRetentionDays);
      }
    }),
    on("aws:rds/cluster:Cluster", ({ backupRetentionPeriod }, values) =>
      judgeDays(backupRetentionPeriod, values.minimumRetentionDays),
    ),
  ],
);

function* judgeDays(days: number | undefined, minimum: number): Iterable<Finding> {
  if (days === undefined || days < minimum) {
    yield { at: "backupRetentionPeriod", value: days, allowed: `at least ${String(minimum)} days` };
  }
}
