import { on, resourceRule } from "../../support/rule";

/** Only the servers talk to the database. */
export const databaseNotPublic = resourceRule(
  {
    name: "database-not-public",
    displayName: "Database not public",
    description: "A database has no public address.",
    why: "A database with a public address is open to everyone whom its security group does not stop, and to every password guess when it does not.",
    severity: "critical",
    fix: "Set publiclyAccessible to false; reach the database from a server in its VPC.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    counterparts: { fsbp: ["RDS.2"], checkov: ["CKV_AWS_17"], cdkNag: [] },
    settings: {},
  },
  [
    // Left out, RDS takes a default that depends on the subnets.
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
