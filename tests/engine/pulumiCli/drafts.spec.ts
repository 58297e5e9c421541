import { expect } from "chai";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { tryLock } from "../../../cli/lock";
import { removeDrafts } from "../../../engine/pulumiCli/drafts";

describe("unfinished Pulumi CLIs in the cache", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "drafts-"));
    for (const name of ["3.273.0", "3.273.0.draft-aaaaaa/go", "3.274.1.draft-bbbbbb/go"]) {
      await mkdir(path.join(folder, name), { recursive: true });
    }
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("are removed when the runs that made them have ended, of other versions too", async () => {
    await removeDrafts(path.join(folder, "3.274.1"));
    expect(await readdir(folder)).to.deep.equal(["3.273.0"]);
  });

  it("are kept while a run installs that version", async () => {
    const lock = await tryLock(path.join(folder, "3.273.0.lock"), "installs the Pulumi CLI");
    if (!("release" in lock)) throw new Error("the lock is taken");
    await removeDrafts(path.join(folder, "3.274.1"));
    expect(await readdir(folder)).to.have.members(["3.273.0", "3.273.0.draft-aaaaaa", "3.273.0.lock"]);
    await lock.release();
  });
});
