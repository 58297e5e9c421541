import { expect } from "chai";
import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { codeOf } from "../../../../cli/failure";
import { identities, isFirst, removeFolder } from "../support/identity";
import { runs } from "../support/processes";
import type { Traces } from "../support/traces";
import { TestRegion, until } from "./region";

for (const identity of identities()) {
  describe(`the live region's recovery, as ${identity.name}`, () => {
    let region: TestRegion;
    let untouched: Traces;

    // The tests share an emulator, and a region that the one before left: a start finds it, or starts another one.
    before(() => {
      region = new TestRegion(identity);
      untouched = region.traces();
    });
    beforeEach(async () => {
      await region.startEmulator();
    });
    after(async () => {
      await region.end();
      await nothingIsLeft();
      removeFolder(region.folder);
    });

    async function nothingIsLeft(): Promise<void> {
      // A process that was killed leaves its cgroup a moment later.
      for (
        let tries = 0;
        tries < 60 && JSON.stringify(region.traces()) !== JSON.stringify(untouched);
        tries += 1
      )
        await sleep(100);
      expect(region.traces()).to.deep.equal(untouched);
    }

    /** The end of one may end others before their turn. */
    function kill(...pids: readonly number[]): void {
      for (const pid of pids) {
        try {
          process.kill(pid, "SIGKILL");
        } catch (error) {
          if (codeOf(error) !== "ESRCH") throw error;
        }
      }
    }

    it("starts the region again when one of the box's processes is killed, with the disks", async () => {
      const { pid } = await region.start();
      const disk = path.join(region.folder, "live", "disk");
      writeFileSync(disk, "content");
      for (const name of ["region", "init", "unshare", "keeper"] as const) {
        const old = await region.region();
        kill(region.processes()[name]);
        await until(`another region after ${name} was killed`, async () => {
          const status = region.status();
          return status.running && status.isReady && (await region.region().catch(() => old)).id !== old.id;
        });
        expect(region.status()).to.deep.include({ pid });
      }
      expect(existsSync(disk)).to.equal(true);
    });

    it("leaves nothing when the host process is killed, and starts again", async () => {
      const first = await region.start();
      const processes = Object.values(region.processes());
      kill(first.pid);
      await until("the end of the box", () => !processes.some(runs) && !existsSync(first.sockets));
      expect(region.traces().cgroups).to.deep.equal([]);
      expect(region.status()).to.deep.equal({ running: false });
      expect((await region.start()).pid).not.to.equal(first.pid);
    });

    it("removes what is left when all of its processes are killed at once", async () => {
      const first = await region.start();
      const { host, keeper, unshare, init, region: program } = region.processes();
      kill(keeper, host, unshare, init, program);
      const second = await region.start();
      expect(second.sockets).not.to.equal(first.sockets);
      expect(existsSync(first.sockets)).to.equal(false);
    });

    // The rest does not depend on the rights.
    if (!isFirst(identity)) return;

    it("finds the region that runs, and replaces it when its settings change", async () => {
      const first = await region.start();
      expect(first.isReady).to.equal(true);
      expect(await region.start()).to.deep.equal(first);
      const second = await region.start("startFaster");
      expect(second.pid).not.to.equal(first.pid);
      expect(runs(first.pid)).to.equal(false);
      expect(region.status()).to.deep.include({ pid: second.pid });
      expect(await region.stop()).to.equal(true);
      expect(await region.stop()).to.equal(false);
      expect(region.status()).to.deep.equal({ running: false });
    });

    it("ends by itself when the emulator is killed, and starts with the next one", async () => {
      const emulator = await region.startEmulator();
      const { pid } = await region.start();
      kill(emulator.pid);
      await until("the end of the host process", () => !runs(pid));
      await nothingIsLeft();
      await region.startEmulator();
      expect((await region.start()).isReady).to.equal(true);
    });

    it("restarts when another emulator answers at the same address", async () => {
      const emulator = await region.startEmulator();
      const first = await region.start();
      const old = await region.region();
      kill(emulator.pid);
      await region.startEmulator(emulator.port);
      const second = await region.start();
      const current = await region.region();
      expect(second.isReady).to.equal(true);
      expect(current.id).not.to.equal(old.id);
      expect([...new Set([first.pid, second.pid])].filter(runs)).to.deep.equal([second.pid]);
    });

    it("is found by the next command when Ctrl-C stopped the one that starts it", async () => {
      for (const milliseconds of [150, 350, 600]) {
        await region.stop();
        const command = region.begin("start");
        await sleep(milliseconds);
        command.kill("SIGINT");
        expect((await region.start()).isReady, `after ${milliseconds} ms`).to.equal(true);
        const keepers = region.traces().processes.filter((line) => line.includes("keeper.sh"));
        expect(keepers).to.have.length(1);
      }
    });

    it("does not touch the region of another folder", async () => {
      const other = new TestRegion(identity);
      try {
        await other.startEmulator();
        const [mine, theirs] = [await region.start(), await other.start()];
        kill(mine.pid);
        await region.start();
        await region.stop();
        expect(other.status()).to.deep.include({ pid: theirs.pid, isReady: true });
        expect(runs(other.processes().region)).to.equal(true);
      } finally {
        await other.end();
        removeFolder(other.folder);
      }
    });

    it("reports a full disk in one sentence", async function () {
      // An ordinary user cannot mount one for itself.
      if (process.geteuid?.() !== 0) return;
      const { port } = await region.startEmulator();
      const full = identity.makeFolder();
      const start = new TestRegion(identity, full).command("start", "", `${port}`);
      const script = `mount -t tmpfs -o size=16k,mode=777 tmpfs ${full}; cat /dev/zero >${full}/zero; exec "$@"`;
      const args = ["--mount", "--propagation", "private", "sh", "-c", script, "sh", ...start];
      const failure = await promisify(execFile)("unshare", args).then(
        () => "it started",
        (error: unknown) => String(error),
      );
      removeFolder(full);
      expect(failure.trim().split("\n").at(-1)).to.contain(full).and.to.contain("is full");
    });
  });
}
