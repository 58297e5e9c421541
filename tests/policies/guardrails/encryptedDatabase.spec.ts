import { expect } from "chai";

import { encryptedDatabase } from "../../../policies/guardrails/rules/encryptedDatabase";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { remediate } from "../support/judge";

const database = fixture("aws:rds/instance:Instance", "wordpress", { storageEncrypted: true });
const cluster = fixture("aws:rds/cluster:Cluster", "aurora", { storageEncrypted: true });
const replica = fixture("aws:rds/instance:Instance", "replica", { replicateSourceDb: "wordpress" });

describe("encrypted-database", () => {
  itPasses(encryptedDatabase, "encrypted databases, and replicas", database, cluster, replica);
  for (const storageEncrypted of [false, undefined]) {
    const expected = { at: "storageEncrypted", value: storageEncrypted, allowed: "true" };
    const changed = spoil(database, { storageEncrypted });
    itRefuses(encryptedDatabase, `a database with ${String(storageEncrypted)}`, changed, expected);
    const changedCluster = spoil(cluster, { storageEncrypted });
    itRefuses(encryptedDatabase, `a cluster with ${String(storageEncrypted)}`, changedCluster, expected);
  }

  it("remediates what it refuses", async () => {
    for (const good of [database, cluster]) {
      const remediated = await remediate(encryptedDatabase, { ...good, props: { storageEncrypted: false } });
      expect(remediated).to.deep.equal({ storageEncrypted: true });
    }
  });
});
