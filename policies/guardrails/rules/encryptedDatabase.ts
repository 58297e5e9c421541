import { isSet } from "../../support/isSet";
import { remediateOn, on, resourceRule } from "../../support/rule";

/** Backups and snapshots of an encrypted database are encrypted too. */
export const encryptedDatabase = resourceRule(
  {
    name: "encrypted-database",
    displayName: "Database encrypted",
    description: "A database's storage is encrypted.",
    why: "Encryption costs nothing, covers backups and snapshots as well, and cannot be switched on later: an unencrypted database has to be replaced.",
    severity: "high",
    fix: "Set storageEncrypted to true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
    counterparts: {
      fsbp: ["RDS.3", "RDS.27"],
      checkov: ["CKV_AWS_16", "CKV_AWS_96"],
      cdkNag: ["AwsSolutions-RDS2"],
    },
    settings: {},
  },
  [
    on("aws:rds/instance:Instance", function* (database) {
      const { storageEncrypted } = database;
      // A replica is encrypted as its source is.
      if (storageEncrypted !== true && !isSet(database, "replicateSourceDb")) {
        yield { at: "storageEncrypted", value: storageEncrypted, allowed: "true" };
      }
    }),
    on("aws:rds/cluster:Cluster", function* ({ storageEncrypted }) {
      if (storageEncrypted !== true) {
        yield { at: "storageEncrypted", value: storageEncrypted, allowed: "true" };
      }
    }),
  ],
  [
    remediateOn("aws:rds/instance:Instance", () => ({ storageEncrypted: true })),
    remediateOn("aws:rds/cluster:Cluster", () => ({ storageEncrypted: true })),
  ],
);
