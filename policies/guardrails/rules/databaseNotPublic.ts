import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { judgeEach } from "../../support/unknown";
import { onDatabases } from "../../support/views/databases";

export const databaseNotPublic = resourceRule(
  {
    name: "database-not-public",
    displayName: "Database not public",
    description: "A database has no public address, and its snapshots are not shared with every account.",
    why: "Only its security group protects a database with a public address, and attackers can then try passwords from anywhere.",
    severity: "critical",
    topics: ["network-exposure"],
    fix: "Set publiclyAccessible to false, and reach the database from a server in its VPC; share snapshots with single accounts.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    counterparts: {
      fsbp: ["RDS.1", "RDS.2", "Redshift.1", "DMS.1"],
      checkov: ["CKV_AWS_17", "CKV_AWS_87", "CKV_AWS_102", "CKV_AWS_302"],
      cdkNag: ["AwsSolutions-RS8"],
    },
    settings: {},
  },
  [
    ...onDatabases(function* ({ isPublic }) {
      if (isPublic === undefined) return;
      const value = isPublic.value();
      if ((value ?? isPublic.default) !== false) yield { at: isPublic.at, value, allowed: "false" };
    }),
    on("aws:rds/snapshot:Snapshot", judgeShares),
    on("aws:rds/snapshotCopy:SnapshotCopy", judgeShares),
    on("aws:rds/clusterSnapshot:ClusterSnapshot", judgeShares),
    on("aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy", judgeShares),
  ],
);

/** A snapshot that is shared with `all` is public. */
function judgeShares({
  sharedAccounts,
}: {
  readonly sharedAccounts?: readonly string[] | undefined;
}): Iterable<Finding> {
  return judgeEach(sharedAccounts ?? [], function* (account, index) {
    if (account.toLowerCase() !== "all") return;
    yield { at: `sharedAccounts[${String(index)}]`, value: account, allowed: "ids of accounts" };
  });
}
