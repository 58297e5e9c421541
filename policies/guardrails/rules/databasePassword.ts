import { isSet } from "../../support/isSet";
import { resourceRule } from "../../support/rule";
import { onDatabases } from "../../support/views/databases";

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
  onDatabases(function* ({ isReplica, managedPassword, passwords }, _values, { props }) {
    const managed = managedPassword?.value() ?? managedPassword?.default;
    if (managedPassword !== undefined && managed !== true && !isReplica) {
      yield { at: managedPassword.at, value: managed, allowed: "true" };
    }
    for (const at of passwords) {
      // The message does not contain the value: it may be the real password.
      if (isSet(props, at)) yield { at, value: "(a password)", allowed: "no password" };
    }
  }),
);
