import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { knownStacks, readCheckpoint, setTornCheckpointAside } from "../../engine/checkpoint";
import { clearDeadLocks } from "../../engine/engineLock";
import { foldersOf, type Folders } from "../../engine/folders";
import { isProtectedByAws } from "../../local/protection";

describe("Pulumi's state of a stack", () => {
  let folder: string;
  let folders: Folders;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "state-"));
    folders = foldersOf({ repository: folder });
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function write(file: string, content: unknown): Promise<void> {
    const full = path.join(folders.state, ".pulumi", file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, JSON.stringify(content));
  }

  it("does not exist before the first run", async () => {
    expect(await readCheckpoint(folders, "wordpress", "local")).to.equal(undefined);
    expect(await knownStacks(folders, "wordpress")).to.deep.equal([]);
  });

  it("has the program's resources and outputs, secrets hidden, and what was interrupted", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47", ciphertext: "v1:abc" };
    await write("stacks/wordpress/local.json", {
      version: 3,
      checkpoint: {
        latest: {
          resources: [
            { urn: "u:stack", type: "pulumi:pulumi:Stack", outputs: { url: "http://x", password: secret } },
            { urn: "u:provider", type: "pulumi:providers:aws" },
            { urn: "u:vpc", type: "aws:ec2/vpc:Vpc", id: "vpc-1", inputs: { cidrBlock: "10.0.0.0/16" } },
          ],
          pending_operations: [{ type: "creating", resource: { urn: "u:subnet" } }],
        },
      },
    });
    const checkpoint = await readCheckpoint(folders, "wordpress", "local");
    expect(checkpoint?.resources.map(({ urn }) => urn)).to.deep.equal(["u:vpc"]);
    expect(checkpoint?.outputs).to.deep.equal({ url: "http://x", password: "[secret]" });
    expect(checkpoint?.interrupted).to.deep.equal([{ operation: "creating", urn: "u:subnet" }]);
    expect(await knownStacks(folders, "wordpress")).to.deep.equal(["local"]);
  });

  it("is renamed when it is incomplete because its engine was killed, and only then", async () => {
    await write("stacks/wordpress/whole.json", { version: 3, checkpoint: {} });
    await write("stacks/wordpress/torn.json", { version: 3, checkpoint: {} });
    const torn = path.join(folders.state, ".pulumi", "stacks", "wordpress", "torn.json");
    await truncate(torn, 20);
    for (const stack of ["whole", "torn", "none"]) await setTornCheckpointAside(folders, "wordpress", stack);
    expect(await knownStacks(folders, "wordpress")).to.deep.equal(["whole"]);
    expect(await readCheckpoint(folders, "wordpress", "torn")).to.equal(undefined);
  });

  it("keeps no incomplete attributes of a killed engine, which the CLI cannot read", async () => {
    await write("stacks/wordpress/torn.json", { version: 3, checkpoint: {} });
    await write("stacks/wordpress/torn.json.attrs", {});
    await write("stacks/wordpress/whole.json.attrs", {});
    const place = path.join(folders.state, ".pulumi", "stacks", "wordpress");
    await truncate(path.join(place, "torn.json.attrs"), 0);
    for (const stack of ["whole", "torn"]) await setTornCheckpointAside(folders, "wordpress", stack);
    const names = await readdir(place);
    expect(names).to.include.members(["torn.json", "whole.json.attrs"]).and.not.include("torn.json.attrs");
  });

  it("loses the lock of an engine that has ended", async () => {
    const pid = spawnSync(process.execPath, ["-e", ""]).pid;
    await write("locks/organization/wordpress/local/a.json", { pid, hostname: hostname() });
    await clearDeadLocks(folders, "wordpress", "local");
    expect(
      await readdir(path.join(folders.state, ".pulumi/locks/organization/wordpress/local")),
    ).to.deep.equal([]);
  });

  it("waits for an engine that is about to end", async () => {
    const lock = "locks/organization/wordpress/local/a.json";
    await write(lock, { pid: process.pid, hostname: hostname() });
    let ended = false;
    const endedFirst = clearDeadLocks(folders, "wordpress", "local").then(() => ended);
    await sleep(250);
    ended = true;
    await rm(path.join(folders.state, ".pulumi", lock));
    expect(await endedFirst).to.equal(true);
  });
});

describe("the protection of a resource in AWS", () => {
  const resource = (type: string, inputs: Readonly<Record<string, unknown>>) => ({
    urn: "u",
    type,
    id: "i",
    protect: false,
    inputs,
    outputs: {},
  });

  it("is its deletion protection, or a database's last snapshot", () => {
    const database = "aws:rds/instance:Instance";
    const balancer = "aws:lb/loadBalancer:LoadBalancer";
    expect(isProtectedByAws(resource(balancer, { enableDeletionProtection: true }))).to.equal(true);
    expect(
      isProtectedByAws(resource(database, { deletionProtection: true, skipFinalSnapshot: true })),
    ).to.equal(true);
    expect(isProtectedByAws(resource(database, { skipFinalSnapshot: false }))).to.equal(true);
    expect(isProtectedByAws(resource(database, { skipFinalSnapshot: true }))).to.equal(false);
    expect(isProtectedByAws(resource(balancer, {}))).to.equal(false);
  });
});
