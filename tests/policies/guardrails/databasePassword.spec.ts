import { expect } from "chai";

import { databasePassword } from "../../../policies/guardrails/rules/databasePassword";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil, unknown } from "../support/fixture";
import { judge } from "../support/judge";

const database = fixture("aws:rds/instance:Instance", "wordpress", { manageMasterUserPassword: true });
const cluster = fixture("aws:rds/cluster:Cluster", "aurora", { manageMasterUserPassword: true });
const replica = fixture("aws:rds/instance:Instance", "replica", { replicateSourceDb: "wordpress" });
const given = { value: "(a password)", allowed: "no password" };

describe("database-password", () => {
  itPasses(databasePassword, "passwords that RDS manages, and replicas", database, cluster, replica);
  for (const manageMasterUserPassword of [false, undefined]) {
    const expected = { at: "manageMasterUserPassword", value: manageMasterUserPassword, allowed: "true" };
    const what = `manageMasterUserPassword ${String(manageMasterUserPassword)}`;
    itRefuses(
      databasePassword,
      `a database's ${what}`,
      spoil(database, { manageMasterUserPassword }),
      expected,
    );
    itRefuses(
      databasePassword,
      `a cluster's ${what}`,
      spoil(cluster, { manageMasterUserPassword }),
      expected,
    );
  }
  for (const at of ["password", "passwordWo"] as const) {
    itRefuses(databasePassword, `a database's ${at}`, spoil(database, { [at]: "hunter2" }), { at, ...given });
  }
  for (const at of ["masterPassword", "masterPasswordWo"] as const) {
    itRefuses(databasePassword, `a cluster's ${at}`, spoil(cluster, { [at]: "hunter2" }), { at, ...given });
  }

  it("prints no password", async () => {
    const { violations } = await judge(databasePassword, spoil(database, { password: "hunter2" }));
    expect(violations.join()).not.to.contain("hunter2");
  });

  itRefuses(
    databasePassword,
    "a password that a preview does not know",
    spoil(database, { password: unknown }),
    { at: "password", ...given },
  );
});
