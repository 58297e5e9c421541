import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

import { protectsDatabase, withRestoreFrom } from "../../siteCommands/stack/settingsEdit";

describe("a stack's file after a restore", () => {
  it("names the snapshot, and keeps comments, order and other settings", () => {
    const before =
      "# Ours\nconfig:\n  aws:region: us-east-1\n  wordpress:database: { multiAz: true } # two zones\n";
    expect(withRestoreFrom(before, "db-1")).to.equal(
      "# Ours\nconfig:\n  aws:region: us-east-1\n  wordpress:database: { multiAz: true, restoreFrom: db-1 } # two zones\n",
    );
    expect(withRestoreFrom(withRestoreFrom(before, "db-1"), "db-2")).to.contain("restoreFrom: db-2 }");
  });

  it("gets the group when it has none", () => {
    expect(parse(withRestoreFrom("config:\n  aws:region: us-east-1\n", "db-1"))).to.deep.equal({
      config: { "aws:region": "us-east-1", "wordpress:database": { restoreFrom: "db-1" } },
    });
  });

  for (const stack of ["dev", "lab", "local", "prod"]) {
    it(`differs from the shipped file of ${stack} in this setting alone`, () => {
      const text = readFileSync(path.resolve(__dirname, `../../Pulumi.${stack}.yaml`), "utf8");
      const lines = withRestoreFrom(text, "db-1").split("\n");
      const kept = text.split("\n").filter((line) => line.trimStart().startsWith("#"));
      expect(lines).to.include.members(kept);
      expect(lines.filter((line) => line.includes("restoreFrom: db-1"))).to.have.length(1);
    });
  }

  it("shows whether the database is protected", () => {
    expect(protectsDatabase("config: { wordpress:database: { deletionProtection: true } }")).to.equal(true);
    expect(protectsDatabase("config: { aws:region: us-east-1 }")).to.equal(false);
  });
});
