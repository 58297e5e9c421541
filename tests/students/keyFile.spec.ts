import { expect } from "chai";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { keysFor } from "../../students/keys/keyFile";
import { rejectionOf } from "../support/rejection";

describe("the keys of a class", () => {
  let folder: string;
  const file = () => path.join(folder, "keys.json");

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "keys-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("are different for each student, stay, and have AWS's form", async () => {
    const first = await keysFor({ folder }, ["kim", "20231234"]);
    const again = await keysFor({ folder }, ["20231234", "lee"], "http://192.168.0.10:4580");
    expect(again.keys.get("20231234")).to.deep.equal(first.keys.get("20231234"));
    expect([...again.keys.keys()]).to.deep.equal(["20231234", "lee"]);
    const all = await keysFor({ folder }, ["kim", "20231234", "lee"]);
    expect(all.keys.get("kim")).to.deep.equal(first.keys.get("kim"));
    expect(new Set([...all.keys.values()].flatMap(Object.values)).size).to.equal(6);
    for (const { accessKeyId, secretAccessKey } of all.keys.values()) {
      expect(accessKeyId).to.match(/^AKIA[A-Z2-7]{16}$/);
      expect(secretAccessKey).to.match(/^[A-Za-z0-9+/]{40}$/);
    }
    expect(all.url).to.equal("http://192.168.0.10:4580");
  });

  it("are readable for their owner only, also after a file that was not", async () => {
    await keysFor({ folder }, ["kim"]);
    await chmod(file(), 0o644);
    await keysFor({ folder }, ["kim", "lee"]);
    expect((await stat(file())).mode & 0o777).to.equal(0o600);
  });

  it("are created once by runs at the same time", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => keysFor({ folder }, ["kim"])));
    expect(new Set(runs.map(({ keys }) => keys.get("kim")?.accessKeyId)).size).to.equal(1);
  });

  it("are not replaced when their file is damaged", async () => {
    await writeFile(file(), "{");
    expect(await rejectionOf(keysFor({ folder }, ["kim"]))).to.include("is not a file of keys");
    expect(await readFile(file(), "utf8")).to.equal("{");
  });
});
