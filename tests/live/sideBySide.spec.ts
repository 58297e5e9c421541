import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runSideBySide } from "./sideBySide";

describe("spec files side by side", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "side-by-side-"));
  });
  after(() => rm(folder, { recursive: true }));

  const spec = async (name: string, body: string): Promise<string> => {
    const file = path.join(folder, `${name}.cjs`);
    await writeFile(file, `it(${JSON.stringify(name)}, () => { ${body} });`);
    return file;
  };

  it("run again alone after a failure, and fail when that fails, too", async () => {
    const mark = JSON.stringify(path.join(folder, "mark"));
    const good = await spec("good", "");
    const once = await spec(
      "once",
      `const fs = require("node:fs"); if (!fs.existsSync(${mark})) { fs.writeFileSync(${mark}, ""); throw new Error("busy"); }`,
    );
    const bad = await spec("bad", `throw new Error("wrong");`);
    const broken = path.join(folder, "missing.cjs");
    expect(await runSideBySide([good, once])).to.deep.equal({ passed: 2, failed: 0, again: 1 });
    expect(await runSideBySide([good, bad, broken])).to.deep.equal({ passed: 1, failed: 2, again: 2 });
  });
});
