import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../../../cli/sharedCache";
import { quietSteps } from "../../../cli/steps";
import { findPulumi } from "../../../engine/pulumiCli/command";
import { documentsIn, type Documents } from "../../../students/state/documents";
import type { Lease } from "../../../students/state/lease";
import { thisMachine } from "../../../students/state/machine";
import { openStateCli } from "../../../students/state/pulumiCli";
import { guardOf, readLease, trySharedLock } from "../../../students/state/sharedLock";

/** Pulumi's own CLI keeps the documents, in a backend that is a folder. */
describe("locks and documents in a backend of Pulumi's", function () {
  this.timeout(180_000);
  let folder: string;
  let documents: Documents;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "shared-state-"));
    const { command } = await findPulumi(sharedCache(process.env), quietSteps);
    const url = `file://${path.join(folder, "backend")}`;
    const cli = await openStateCli({
      command,
      url,
      folder: path.join(folder, "project"),
      environment: { ...process.env, PULUMI_HOME: path.join(folder, "home") },
    });
    documents = documentsIn(cli);
  });

  after(() => rm(folder, { recursive: true }));

  const take = (name: string) =>
    trySharedLock({ documents, name, doing: "does up", onLost: () => undefined });
  const leaseOf = async (change: Partial<Lease>): Promise<Lease> => ({
    id: "12345678-earlier",
    owner: "lee@elsewhere",
    machine: await thisMachine(),
    pid: process.pid,
    doing: "does down",
    since: new Date().toISOString(),
    until: new Date(Date.now() + 60_000).toISOString(),
    ...change,
  });
  const leave = async (name: string, lease: Lease) => {
    await documents.create(name);
    await documents.write(name, JSON.stringify(lease));
  };

  it("keep texts in any script, until they are removed", async () => {
    expect(await documents.read("class.note")).to.equal(undefined);
    expect(await documents.create("class.note")).to.equal(true);
    expect(await documents.create("class.note")).to.equal(false);
    expect(await documents.read("class.note")).to.equal("");
    await documents.write("class.note", '{"이름":"김지훈"}');
    expect(await documents.read("class.note")).to.equal('{"이름":"김지훈"}');
    await documents.remove("class.note");
    await documents.remove("class.note");
    expect(await documents.read("class.note")).to.equal(undefined);
  });

  it("let one of several takers have a lock, and the next one after its release", async () => {
    const taken = await Promise.all([take("kim.lock"), take("kim.lock"), take("kim.lock")]);
    const winners = taken.flatMap((each) => ("release" in each ? [each] : []));
    expect(winners).to.have.length(1);
    for (const each of taken) if (!("release" in each)) expect(each.doing).to.equal("does up");
    await winners[0]?.release();
    const next = await take("kim.lock");
    expect(next).to.include({ wasAbandoned: false });
    if ("release" in next) await next.release();
    expect(await documents.read("kim.lock")).to.equal(undefined);
  });

  it("keep the lock of a machine whose time has not ended", async () => {
    await leave("lee.lock", await leaseOf({ machine: "another" }));
    expect(await take("lee.lock")).to.include({ owner: "lee@elsewhere", doing: "does down" });
  });

  const ended = spawnSync(process.execPath, ["-e", ""]).pid;
  const abandoned: readonly (readonly [string, Partial<Lease>])[] = [
    ["of a machine whose time has ended", { machine: "another", until: new Date(0).toISOString() }],
    ["of a process of this machine that has ended", { pid: ended }],
  ];
  for (const [index, [title, change]] of abandoned.entries()) {
    it(`pass the lock ${title} to one of several takers`, async () => {
      const name = `abandoned-${index}.lock`;
      const lease = await leaseOf(change);
      await leave(name, lease);
      const taken = await Promise.all([take(name), take(name)]);
      const winners = taken.flatMap((each) => ("release" in each ? [each] : []));
      expect(winners).to.have.length(1);
      expect(winners[0]).to.include({ wasAbandoned: true });
      expect((await readLease(documents, name))?.pid).to.equal(process.pid);
      expect(await documents.read(guardOf(name, lease))).to.equal(undefined);
      await winners[0]?.release();
    });
  }

  it("do not remove the lock of a run that has taken over", async () => {
    const mine = await take("park.lock");
    await documents.write("park.lock", JSON.stringify(await leaseOf({ machine: "another" })));
    if ("release" in mine) await mine.release();
    expect((await readLease(documents, "park.lock"))?.owner).to.equal("lee@elsewhere");
  });
});
