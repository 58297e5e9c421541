import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import { on, resourceRule } from "../../support/rule";

/** A password that nobody has cannot be leaked by anyone. */
export const databasePassword = resourceRule(
  {
    name: "database-password",
    displayName: "Database password kept by RDS",
    description: "RDS makes a database's password and keeps it; no program holds it.",
    why: "A password that passes through a program ends up in its configuration, its state and its log. RDS makes one, keeps it in Secrets Manager and renews it every week.",
    severity: "critical",
    fix: "Set manageMasterUserPassword to true and leave every password property out.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:rds/instance:Instance", function* (database) {
      // A replica has its source's.
      if (!isSet(database, "replicateSourceDb")) yield* judgeManaged(database);
      yield* judgeGiven("password", database);
      yield* judgeGiven("passwordWo", database);
    }),
    on("aws:rds/cluster:Cluster", function* (cluster) {
      yield* judgeManaged(cluster);
      yield* judgeGiven("masterPassword", cluster);
      yield* judgeGiven("masterPasswordWo", cluster);
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

function* judgeGiven(at: string, database: object): Iterable<Finding> {
  // The value stays out of the message: it may be the real one.
  if (isSet(database, at)) yield { at, value: "(a password)", allowed: "no password at all" };
}
