import { expect } from "chai";

import { problemsOfChange } from "../../../components/database/liveDatabase";
import { databaseSettings } from "../../../components/database/settings";

const live = { engineVersion: "11.4.8", allocatedStorage: 50 };

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
      "database.engineVersion",
      "database.allocatedStorageGiB",
    ]);
    expect(problems({ engineVersion: "10.11" })[0]?.allowed).to.match(/^11\.4 or newer/);
    expect(problems({ allocatedStorageGiB: 49 })[0]?.allowed).to.match(/^50 or more/);
  });

  it("are refused for growth by less than a tenth", () => {
    expect(problems({ allocatedStorageGiB: 54 })[0]?.allowed).to.match(/^50, or 55 and more/);
  });

  it("are refused for an upgrade that waits for the maintenance window", () => {
    expect(paths({ engineVersion: "11.8", applyChanges: "maintenanceWindow" })).to.deep.equal([
      "database.applyChanges",
    ]);
  });

  it("compare versions as numbers", () => {
    const settings = databaseSettings.parse({ engineVersion: "10.11" });
    expect(problemsOfChange(settings, { engineVersion: "10.6.20", allocatedStorage: 20 })).to.deep.equal([]);
  });
});
