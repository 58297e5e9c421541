import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { tryLock, waitForLock } from "../../cli/lock";

describe("a lock", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "lock-"));
    file = path.join(folder, "below", "a.json");
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function leftBy(pid: number, since = new Date().toISOString()) {
    await (await taken("runs up")).release();
    await writeFile(file, JSON.stringify({ id: "other", pid, since, doing: "ran" }));
  }

  async function taken(doing: string) {
    const lock = await tryLock(file, doing);
    if (!("release" in lock)) throw new Error(`process ${lock.pid} has the lock`);
    return lock;
  }

  it("returns its holder to a second process", async () => {
    await taken("runs up");
    const second = await tryLock(file, "runs down");
    expect(second).to.include({ pid: process.pid, doing: "runs up" });
  });

  it("is free after its release", async () => {
    await (await taken("runs up")).release();
    await taken("runs down");
  });

  it("is free when its process has ended", async () => {
    await leftBy(spawnSync(process.execPath, ["-e", ""]).pid);
    await taken("runs down");
  });

  it("is free when it is older than the machine's start, also if another process has its process id", async () => {
    await leftBy(process.pid, "2001-01-01T00:00:00.000Z");
    await taken("runs down");
  });

  it("is free when its file is incomplete", async () => {
    await (await taken("runs up")).release();
    await writeFile(file, "");
    await taken("runs down");
  });

  it("is given to exactly one of many processes that find an ended holder at the same moment", async () => {
    await leftBy(spawnSync(process.execPath, ["-e", ""]).pid);
    const results = await Promise.all(Array.from({ length: 10 }, () => tryLock(file, "one")));
    expect(results.filter((result) => "release" in result)).to.have.length(1);
  });

  it("can be waited for, and reports the wait once", async () => {
    const first = await taken("installs");
    const waits: string[] = [];
    const second = waitForLock(file, "waits", ({ doing }) => {
      waits.push(doing);
      setTimeout(() => void first.release(), 300);
    });
    await (await second).release();
    expect(waits).to.deep.equal(["installs"]);
  });
});
