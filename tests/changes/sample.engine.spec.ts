import { expect } from "chai";

import { allCases } from "./cases";
import { openLiveStack, type LiveStack } from "./liveStack";
import { matrixOn } from "./matrix";
import { localSettings } from "./settings";

/** Settings of the matrix (`npm run test:changes`) that failed before. */
const riskiest = ["network.cidrBlock", "fleet.targetGroupName", "fleet.uploads", "database.databaseName"];

describe("a setting of a live stack", () => {
  let live: LiveStack;
  let run: ReturnType<typeof matrixOn>["run"];

  before(async () => {
    live = await openLiveStack("sample");
    ({ run } = matrixOn(live, localSettings()));
  });
  after(() => live.close());

  for (const setting of riskiest) {
    it(`changes ${setting} with the stated effect, and back`, async () => {
      const cases = allCases(localSettings()).filter((each) => each.setting === setting);
      expect(cases).not.to.deep.equal([]);
      for (const each of cases) expect((await run(each)).problems, each.name).to.deep.equal([]);
    });
  }

  it("does not collide with another stack in the same account and region", async () => {
    const other = await openLiveStack("other", live);
    const settings = localSettings();
    expect(await other.up(settings)).to.include({ error: undefined });
    expect(await other.preview(settings)).to.deep.equal({ steps: [], error: undefined });
    expect(await other.destroy(settings)).to.include({ error: undefined });
    await other.close();
  });
});
