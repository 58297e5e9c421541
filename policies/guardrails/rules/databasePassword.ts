import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";

export const databasePassword = resourceRule(
  {
    name: "database-password",
    displayName: "RDS manages the database password",
    description: "RDS creates and stores a database's password; the program does not know it.",
    why: "A password that passes through a program appears in its configuration, state and logs. RDS creates one, keeps it in Secrets Manager and rotates it every week.",
    severity: "critical",
    topics: ["credentials"],
    fix: "Set manageMasterUserPassword to true and remove every password property.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:rds/instance:Instance", function* (database) {
      // A replica has the password of its source.
      if (!isSet(database, "replicateSourceDb")) yield* judgeManaged(database);
      yield* judgeNoPassword("password", database);
      yield* judgeNoPassword("passwordWo", database);
    }),
    on("aws:rds/cluster:Cluster", function* (cluster) {
      yield* judgeManaged(cluster);
      yield* judgeNoPassword("masterPassword", cluster);
      yield* judgeNoPassword("masterPasswordWo", cluster);
    }),
  ],
);

function* judgeManaged({
  manageMasterUserPassword,
}: {
  readonly manageMasterUserPassword?: boolean | undefined;
}): Iterable<Finding> {
  if (manageMasterUserPassword !== true) {
    yield { at: "manageMasterUserPassword", value: manageMasterUserPassword, allowed: "true" };
  }
}

function* judgeNoPassword(at: string, database: object): Iterable<Finding> {
  // The message does not contain the value: it may be the real password.
  if (isSet(database, at)) yield { at, value: "(a password)", allowed: "no password" };
}
