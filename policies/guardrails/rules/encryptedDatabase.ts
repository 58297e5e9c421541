import { isSet } from "../../support/isSet";
import { remediateOn, on, resourceRule } from "../../support/rule";

export const encryptedDatabase = resourceRule(
  {
    name: "encrypted-database",
    displayName: "Database encrypted",
    description: "A database's storage is encrypted.",
    why: "Encryption is free, covers backups and snapshots too, and cannot be enabled later: an unencrypted database must be replaced.",
    severity: "high",
    topics: ["encryption-at-rest"],
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
      // A replica has the encryption of its source.
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
