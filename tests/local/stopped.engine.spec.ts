import { expect } from "chai";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { codeOf } from "../../cli/failure";
import { processExists } from "../../cli/lock";
import { eventually } from "../support/eventually";
import { openLocalRun, type LocalRun } from "../support/localRun";

const repository = path.resolve(__dirname, "../..");

/** Closes both outputs of a process, as `| head` does. */
function closeOutputs({ stdout, stderr }: ChildProcess): void {
  stdout?.destroy();
  stderr?.destroy();
}

/** The ways to stop a command, and the exit status of each. */
const ways = [
  ["Ctrl-C", (child: ChildProcess) => child.kill("SIGINT"), 130],
  ["a request to end", (child: ChildProcess) => child.kill("SIGTERM"), 143],
  ["closed outputs", closeOutputs, 141],
] as const;

describe("a command that waits for another program", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stopped-"));
    const pulumi = path.join(folder, "bin", "pulumi");
    await mkdir(path.dirname(pulumi));
    // It never answers, and has a child of its own.
    await writeFile(pulumi, `#!/bin/sh\nsleep 600 &\necho $! > "${path.join(folder, "pid")}"\nwait\n`);
    await chmod(pulumi, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pidOfChild = () =>
    eventually("the program's start", async () => {
      try {
        return Number(await readFile(path.join(folder, "pid"), "utf8")) || undefined;
      } catch (error) {
        if (codeOf(error) === "ENOENT") return undefined;
        throw error;
      }
    });

  for (const command of ["local/main.ts", "gate/main.ts"]) {
    for (const [way, stop, status] of ways) {
      // The command detects a closed pipe at the next line that it writes, after up to ten seconds.
      it(`${command} ends by ${way}, and leaves no process`, async () => {
        const child = spawn(
          process.execPath,
          [
            "--require",
            "./nodeHooks/register.cjs",
            command,
            "--port",
            "0",
            "--folder",
            path.join(folder, "made"),
          ],
          {
            cwd: repository,
            stdio: ["ignore", "pipe", "pipe"],
            env: {
              ...process.env,
              PATH: `${path.join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
              XDG_CACHE_HOME: path.join(folder, "cache"),
            },
          },
        );
        child.stdout.resume();
        child.stderr.resume();
        const ended = once(child, "exit");
        const pid = await pidOfChild();
        stop(child);
        await ended;
        expect(child.exitCode).to.equal(status);
        await eventually("the end of the program's child", () =>
          Promise.resolve(processExists(pid) ? undefined : true),
        );
        // The emulator does not end with the command that started it, so the test stops it.
        spawnSync(
          process.execPath,
          [
            "--require",
            "./nodeHooks/register.cjs",
            "local/main.ts",
            "stop",
            "--folder",
            path.join(folder, "made"),
          ],
          { cwd: repository },
        );
      });
    }
  }
});

describe("an up whose outputs close", () => {
  let local: LocalRun;

  before(async () => {
    local = await openLocalRun();
  });
  after(() => local.close());

  it("ends with the state of the finished operations, and the next run resumes", async () => {
    let lines = 0;
    const { status } = await local.start(["up"], (line, child) => {
      if (/^ +\d+\/\d+ /.test(line)) lines += 1;
      if (lines === 10) closeOutputs(child);
    });
    expect(status).to.equal(141);
    const { status: next, stderr } = await local.run("up");
    expect(next, stderr).to.equal(0);
    expect(stderr).not.to.include("The last run was killed");
  });
});
