import { remediateOn, resourceRule } from "../../support/rule";
import { onDatabases } from "../../support/views/databases";

export const encryptedDatabase = resourceRule(
  {
    name: "encrypted-database",
    displayName: "Database encrypted",
    description: "The storage of a database, a search domain or a cache is encrypted.",
    why: "Encryption is free, covers backups and snapshots too, and cannot be enabled later: an unencrypted database must be replaced.",
    severity: "high",
    topics: ["encryption-at-rest"],
    fix: "Set storageEncrypted to true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-3",
    counterparts: {
      fsbp: [
        ...["RDS.3", "RDS.27", "DocumentDB.1", "Neptune.1", "Redshift.10"],
        ...["ElastiCache.4", "ES.1", "Opensearch.1", "DynamoDB.3"],
      ],
      checkov: [
        "CKV_AWS_5",
        "CKV_AWS_29",
        "CKV_AWS_47",
        "CKV_AWS_16",
        "CKV_AWS_96",
        "CKV_AWS_44",
        "CKV_AWS_64",
        "CKV_AWS_74",
        "CKV_AWS_140",
        "CKV_AWS_292",
      ],
      cdkNag: ["AwsSolutions-RDS2", "AwsSolutions-DOC1", "AwsSolutions-N4", "AwsSolutions-RS6"],
    },
    settings: {},
  },
  onDatabases(function* ({ encrypted, isReplica }) {
    if (encrypted === undefined) return;
    const value = encrypted.value();
    // A replica has the encryption of its source.
    if (!(value ?? encrypted.default ?? isReplica)) {
      yield { at: encrypted.at, value, allowed: "true" };
    }
  }),
  [
    remediateOn("aws:rds/instance:Instance", encrypt),
    remediateOn("aws:rds/cluster:Cluster", encrypt),
    remediateOn("aws:docdb/cluster:Cluster", encrypt),
    remediateOn("aws:neptune/cluster:Cluster", encrypt),
  ],
);

function encrypt() {
  return { storageEncrypted: true };
}
