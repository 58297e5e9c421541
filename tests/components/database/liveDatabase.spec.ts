import { expect } from "chai";

import { problemsOfChange, type LiveDatabase } from "../../../components/database/liveDatabase";
import { databaseSettings } from "../../../components/database/settings";

const live = { engineVersion: "11.4.8", allocatedStorage: 50, restoredFrom: undefined };

const problems = (settings: object) =>
  problemsOfChange(
    databaseSettings.parse({ engineVersion: "11.4", allocatedStorageGiB: 50, ...settings }),
    live,
  );
const paths = (settings: object) => problems(settings).map(({ path }) => path);

describe("changes of a live database", () => {
  for (const [what, settings] of [
    ["no change", {}],
    ["a newer major version", { engineVersion: "11.8" }],
    ["growth by a tenth", { allocatedStorageGiB: 55 }],
    [
      "a smaller size after RDS grew the storage automatically",
      { allocatedStorageGiB: 40, maxAllocatedStorageGiB: 100 },
    ],
    [
      "another class in the maintenance window",
      { instanceClass: "db.t4g.small", applyChanges: "maintenanceWindow" },
    ],
  ] as const) {
    it(`accept ${what}`, () => {
      expect(paths(settings)).to.deep.equal([]);
    });
  }

  it("are refused for a lower version and a smaller size", () => {
    expect(paths({ engineVersion: "10.11", allocatedStorageGiB: 49 })).to.deep.equal([
      "engineVersion",
      "allocatedStorageGiB",
    ]);
    expect(problems({ engineVersion: "10.11" })[0]?.allowed).to.match(/^11\.4 or newer/);
    expect(problems({ allocatedStorageGiB: 49 })[0]?.allowed).to.match(/^50 or more/);
  });

  it("are refused for growth by less than a tenth", () => {
    expect(problems({ allocatedStorageGiB: 54 })[0]?.allowed).to.match(/^50, or 55 and more/);
  });

  it("are refused for an upgrade that waits for the maintenance window", () => {
    expect(paths({ engineVersion: "11.8", applyChanges: "maintenanceWindow" })).to.deep.equal([
      "applyChanges",
    ]);
  });

  it("compare versions as numbers", () => {
    const settings = databaseSettings.parse({ engineVersion: "10.11" });
    expect(
      problemsOfChange(settings, { ...live, engineVersion: "10.6.20", allocatedStorage: 20 }),
    ).to.deep.equal([]);
  });

  describe("to a snapshot's content", () => {
    const restored = { ...live, restoredFrom: "before-upgrade" };
    const problemsFrom = (of: LiveDatabase, settings: object) =>
      problemsOfChange(
        databaseSettings.parse({ engineVersion: "11.4", allocatedStorageGiB: 50, ...settings }),
        of,
      );

    it("are accepted, also with an older version and less storage, because the database is replaced", () => {
      const older = { restoreFrom: "last-year", engineVersion: "10.11", allocatedStorageGiB: 20 };
      expect(problemsFrom(live, older)).to.deep.equal([]);
      expect(problemsFrom(restored, older)).to.deep.equal([]);
    });

    it("are checked as those of another database when it was restored earlier", () => {
      const same = { restoreFrom: "before-upgrade" };
      expect(problemsFrom(restored, same)).to.deep.equal([]);
      expect(problemsFrom(restored, { ...same, allocatedStorageGiB: 49 })).to.have.length(1);
    });

    it("are refused when the setting is removed, and the message names the snapshot", () => {
      const [problem, ...others] = problemsFrom(restored, {});
      expect(others).to.deep.equal([]);
      expect(problem?.path).to.equal("restoreFrom");
      expect(problem?.allowed).to.match(/^before-upgrade,/);
    });

    it("are refused while deletion protection is on", () => {
      const wanted = { restoreFrom: "last-year", deletionProtection: true };
      expect(problemsFrom(live, wanted).map(({ path }) => path)).to.deep.equal(["deletionProtection"]);
      expect(problemsFrom(restored, { ...wanted, restoreFrom: "before-upgrade" })).to.deep.equal([]);
    });
  });
});
