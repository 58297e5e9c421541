import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { longestFirst, readDurations, writeDurations } from "./durations";

describe("the order of spec files", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "durations-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("begins with the longest of the last run, after those that have not run", () => {
    const files = ["short", "long", "new"].map((file) => ({ file, bytes: 1 }));
    expect(longestFirst(files, { short: 10, long: 1000 })).to.deep.equal(["new", "long", "short"]);
  });

  it("begins with those that use the engine when no duration is known, then the largest", () => {
    const files = [
      { file: "a.emulator.spec.ts", bytes: 9 },
      { file: "b.engine.spec.ts", bytes: 1 },
      { file: "c.engine.spec.ts", bytes: 5 },
      { file: "d.emulator.spec.ts", bytes: 2 },
    ];
    expect(longestFirst(files, {}).map((file) => file[0])).to.deep.equal(["c", "b", "a", "d"]);
  });

  it("survives a file of durations that is missing, torn or of another form", async () => {
    const file = path.join(folder, "new", "durations.json");
    expect(await readDurations(file)).to.deep.equal({});
    await writeDurations(file, { "a.spec.ts": 12 });
    expect(await readDurations(file)).to.deep.equal({ "a.spec.ts": 12 });
    for (const text of ["", "{", '{ "a": "b" }', "[]"]) {
      await writeFile(file, text);
      expect(await readDurations(file), text).to.deep.equal({});
    }
  });
});
