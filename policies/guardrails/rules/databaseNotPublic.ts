import { on, resourceRule } from "../../support/rule";

export const databaseNotPublic = resourceRule(
  {
    name: "database-not-public",
    displayName: "Database not public",
    description: "A database has no public address.",
    why: "Only its security group protects a database with a public address, and attackers can then try passwords from anywhere.",
    severity: "critical",
    topics: ["network-exposure"],
    fix: "Set publiclyAccessible to false; reach the database from a server in its VPC.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    counterparts: { fsbp: ["RDS.2"], checkov: ["CKV_AWS_17"], cdkNag: [] },
    settings: {},
  },
  [
    // Without the property, RDS uses a default that depends on the subnets.
    on("aws:rds/instance:Instance", function* ({ publiclyAccessible }) {
      if (publiclyAccessible !== false) {
        yield { at: "publiclyAccessible", value: publiclyAccessible, allowed: "false" };
      }
    }),
    on("aws:rds/clusterInstance:ClusterInstance", function* ({ publiclyAccessible }) {
      if (publiclyAccessible !== false) {
        yield { at: "publiclyAccessible", value: publiclyAccessible, allowed: "false" };
      }
    }),
  ],
);
