import { resourceRule } from "../../support/rule";
import { onDatabases } from "../../support/views/databases";

export const databaseDeletionProtection = resourceRule(
  {
    name: "database-deletion-protection",
    displayName: "Database protected from deletion",
    description: "A database has deletion protection.",
    why: "An unnoticed replacement in a preview, or a destroy of the wrong stack, would delete every page and every comment.",
    severity: "high",
    topics: ["deletion-protection"],
    fix: "Set deletionProtection to true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-8",
    counterparts: {
      fsbp: ["RDS.7", "RDS.8", "DocumentDB.5", "Neptune.4"],
      checkov: ["CKV_AWS_139", "CKV_AWS_293", "CKV2_AWS_58"],
      cdkNag: ["AwsSolutions-RDS10"],
    },
    settings: {},
  },
  onDatabases(function* ({ deletionProtection }) {
    if (deletionProtection === undefined) return;
    const value = deletionProtection.value();
    if ((value ?? deletionProtection.default) !== true) {
      yield { at: deletionProtection.at, value, allowed: "true" };
    }
  }),
);
