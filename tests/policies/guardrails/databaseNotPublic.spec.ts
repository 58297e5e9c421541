import { expect } from "chai";

import { databaseNotPublic } from "../../../policies/guardrails/rules/databaseNotPublic";
import { expectViolation } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { judge, passed } from "../support/judge";

const database = fixture("aws:rds/instance:Instance", "wordpress", { publiclyAccessible: false });
const member = fixture("aws:rds/clusterInstance:ClusterInstance", "member", { publiclyAccessible: false });

describe("database-not-public", () => {
  it("passes databases without a public address", async () => {
    expect(await judge(databaseNotPublic, database)).to.deep.equal(passed);
    expect(await judge(databaseNotPublic, member)).to.deep.equal(passed);
  });

  for (const publiclyAccessible of [true, undefined]) {
    it(`refuses publiclyAccessible ${String(publiclyAccessible)}`, async () => {
      for (const changed of [
        spoil(database, { publiclyAccessible }),
        spoil(member, { publiclyAccessible }),
      ]) {
        expectViolation(await judge(databaseNotPublic, changed), {
          of: changed,
          at: "publiclyAccessible",
          value: publiclyAccessible,
          allowed: "false",
        });
      }
    });
  }
});
