import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../../../cli/json";
import { processExists } from "../../../../cli/lock";
import { whyNot } from "../../../../localAws/live/box/whyNot";
import { identities, removeFolder } from "../support/identity";
import { tracesOf } from "../support/traces";

const nodeHooks = path.resolve(__dirname, "../../../../nodeHooks/register.cjs");
const node = [process.execPath, "--require", nodeHooks];

const measuredSchema = z.object({
  hasQuota: z.boolean(),
  free: z.number(),
  limited: z.number(),
  waited: z.number(),
  hasMemory: z.boolean(),
  eaten: z.number(),
  remaining: z.array(z.string()),
});

describe("the box", () => {
  it("is possible on this machine", async () => {
    expect(await whyNot({ buildsImages: false })).to.equal(undefined);
  });

  for (const identity of identities()) {
    describe(`as ${identity.name}`, () => {
      let folder: string;
      beforeEach(() => {
        folder = identity.makeFolder();
      });
      afterEach(() => {
        removeFolder(folder);
      });

      interface Run {
        readonly process: ChildProcess;
        readonly output: () => string;
        /** Waits for a line of the output, and returns it. */
        readonly line: (begin: string) => Promise<string>;
      }

      function start(command: readonly string[], stopAfter = 0): Run {
        const program = path.join(__dirname, "boxProgram.ts");
        const [file = "", ...args] = identity.run([...node, program, folder, `${stopAfter}`, ...command]);
        const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
        let output = "";
        for (const stream of [child.stdout, child.stderr])
          stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
        const line = async (begin: string): Promise<string> => {
          for (;;) {
            const found = output.split("\n").find((each) => each.startsWith(begin));
            if (found !== undefined) return found;
            if (child.exitCode !== null) throw new Error(`No line "${begin}": ${output}`);
            await sleep(20);
          }
        };
        return { process: child, output: () => output, line };
      }

      async function nothingIsLeft(): Promise<void> {
        const id = path.basename(folder);
        const left = () => {
          const { processes, cgroups } = tracesOf(id);
          return [...processes, ...cgroups];
        };
        for (let tries = 0; left().length > 0 && tries < 100; tries += 1) await sleep(50);
        expect(left()).to.deep.equal([]);
      }

      const sleeper = ["sh", "-c", "echo begun; sleep 1000"];

      it("has its own processes, network, mounts and /run, and the rights of root in them", async () => {
        const script =
          "id -u; ls -A /run; ls /sys/class/net | wc -l; ip -o link | wc -l; mount -t tmpfs none /mnt && echo mounted; echo pid $PPID; exit 5";
        const run = start(["sh", "-c", script]);
        expect(await run.line("ended")).to.equal("ended 5");
        const [, ...lines] = run.output().trim().split("\n");
        expect(lines.slice(0, 4)).to.deep.equal(["0", "lifeline", "lock", "netns"]);
        expect(lines.slice(5)).to.deep.equal(["1", "mounted", "pid 1", "ended 5"]);
        await nothingIsLeft();
      });

      it("lets its program end by SIGTERM when it is stopped, and ends it after the patience", async () => {
        const kind = start(["sh", "-c", "trap 'echo asked; exit 7' TERM; sleep 1000 & wait"], 300);
        expect(await kind.line("ended")).to.equal("ended 7");
        expect(kind.output()).to.contain("asked");
        const stubborn = start(["sh", "-c", "trap '' TERM; sleep 1000 & wait"], 300);
        expect(await stubborn.line("ended")).to.equal("ended 137");
        await nothingIsLeft();
      });

      it("ends, and leaves nothing, when the process that started it is killed", async () => {
        const before = tracesOf(path.basename(folder));
        const run = start(sleeper);
        await run.line("begun");
        run.process.kill("SIGKILL");
        await nothingIsLeft();
        expect(existsSync(path.join(folder, "sockets"))).to.equal(false);
        expect(tracesOf(path.basename(folder))).to.deep.equal(before);
      });

      it("ends when its parent process outside is killed, and the next box waits for it", async () => {
        const run = start(sleeper);
        await run.line("begun");
        const keeper = Number((await run.line("keeper")).split(" ")[1]);
        process.kill(keeper, "SIGKILL");
        await run.line("ended");
        const next = start(["sh", "-c", "echo again"]);
        await next.line("again");
        expect(processExists(keeper)).to.equal(false);
        expect(await next.line("ended")).to.equal("ended 0");
      });

      it("measures a cgroup's CPU, limits it and its memory where it can, ends it, and removes only what was asked for", async () => {
        const run = start([...node, path.join(__dirname, "cgroupProgram.ts")]);
        const measured = measuredSchema.parse(JSON.parse(await run.line("{")));
        expect(measured.free).to.be.greaterThan(0.02);
        if (identity.name === "root") expect(measured.hasQuota).to.equal(true);
        if (identity.name === "root") expect(measured.hasMemory).to.equal(true);
        expect(measured.eaten).to.equal(measured.hasMemory ? 0 : 200 * 2 ** 20);
        if (measured.hasQuota) expect(measured.limited).to.be.lessThan(0.15);
        expect(measured.remaining).to.deep.equal(["other"]);
        await run.line("ended");
        await nothingIsLeft();
      });
    });
  }
});
