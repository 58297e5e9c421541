import { expect } from "chai";

import { databaseSettings } from "../../../components/database/settings";
import { problemsOfRestore } from "../../../components/database/snapshot";

const snapshot = {
  engine: "mariadb",
  engineVersion: "11.8.3",
  allocatedStorage: 40,
  encrypted: true,
  status: "available",
};
const problems = (settings: object, of: object = {}) =>
  problemsOfRestore(
    databaseSettings.parse({ restoreFrom: "before-upgrade", allocatedStorageGiB: 40, ...settings }),
    { ...snapshot, ...of },
  );
const allowed = (settings: object, of: object = {}) =>
  problems(settings, of).map((problem) => `${problem.path}: ${problem.allowed}`);

describe("the settings of a database that is restored from a snapshot", () => {
  for (const [what, settings] of [
    ["the snapshot's version and size", {}],
    ["a tenth more storage", { allocatedStorageGiB: 44 }],
  ] as const) {
    it(`may have ${what}`, () => {
      expect(problems(settings)).to.deep.equal([]);
    });
  }

  for (const [what, settings, reason] of [
    ["a newer version", { engineVersion: "11.8" }, /^engineVersion: 11\.4, the version of the snapshot/],
    ["less storage", { allocatedStorageGiB: 20 }, /^allocatedStorageGiB: 40, the size.* or 44 and more/],
    ["storage that RDS cannot grow to", { allocatedStorageGiB: 43 }, /^allocatedStorageGiB: 40/],
  ] as const) {
    it(`may not have ${what}`, () => {
      const of = what === "a newer version" ? { engineVersion: "11.4.8" } : {};
      const found = allowed(settings, of);
      expect(found).to.have.length(1);
      expect(found[0]).to.match(reason);
    });
  }

  it("name an encrypted, available snapshot of MariaDB, and all problems are listed at once", () => {
    const found = allowed({}, { engine: "mysql", encrypted: false, status: "creating" });
    expect(found).to.have.length(3);
    expect(found.join("\n")).to.match(/is of mysql[^]*copy-db-snapshot[^]*is creating/);
  });

  for (const name of [
    "before-upgrade",
    "rds:site-2026-01-31-16-00",
    "arn:aws:rds:us-east-1:123456789012:snapshot:a",
  ]) {
    it(`accept the name ${name}`, () => {
      expect(problems({ restoreFrom: name })).to.deep.equal([]);
    });
  }

  for (const name of [
    "",
    "1st",
    "two--hyphens",
    "end-",
    "arn:aws:rds:us-east-1:123456789012:db:a",
    "a".repeat(256),
  ]) {
    it(`refuse the name ${JSON.stringify(name.slice(0, 40))}`, () => {
      expect(databaseSettings.safeParse({ restoreFrom: name }).success).to.equal(false);
    });
  }
});
