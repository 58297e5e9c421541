import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { codeOf } from "../../../../cli/failure";
import { ended } from "../../../../localAws/live/command";
import { eventually } from "../../../support/eventually";
import { identities, removeFolder } from "../support/identity";

const hook = require.resolve("../../../../nodeHooks/register.cjs");
const run = [process.execPath, "--require", hook, join(__dirname, "killedBuild/run.ts")];

/** A file of a process; empty when the process has just ended or is not readable, such as another container's. */
function procFile(pid: string, name: "environ" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(String(codeOf(error)))) return "";
    throw error;
  }
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  await eventually(what, () => Promise.resolve(isSo() ? true : undefined), 300);
}

for (const identity of identities()) {
  describe(`an image build as ${identity.name}`, () => {
    let cache: string;
    let startedFile: string;
    /** A step that never ends, and leaves a process that never ends. The marker is in the processes' command lines. */
    let endless: string;
    const runs: ChildProcess[] = [];

    beforeEach(() => {
      // A path with a space.
      cache = join(identity.makeFolder(), "a cache");
      startedFile = join(cache, "unfinished/tiny/upper/started");
      endless = `setsid sleep 1e6${marker()} & touch /started; sleep 1e6${marker()}`;
    });

    afterEach(async () => {
      for (const each of runs.splice(0)) {
        each.kill("SIGKILL");
        await ended(each);
      }
      removeFolder(dirname(cache));
    });

    /** A digit sequence that no other process has in its command line. */
    function marker(): string {
      return Buffer.from(basename(dirname(cache)).slice(-6)).reduce(
        (digits, byte) => digits + String(byte),
        "",
      );
    }

    function start(step: string) {
      const [program = "", ...args] = identity.run(["env", `LIVE_CACHE=${cache}`, ...run, step]);
      const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
      runs.push(child);
      const lines = { output: "" };
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => (lines.output += chunk.toString()));
      }
      return { child, lines };
    }

    async function startEndless(): Promise<ChildProcess> {
      const { child, lines } = start(endless);
      await until("the build's step starts", () => {
        expect(child.exitCode, lines.output).to.equal(null);
        return existsSync(startedFile);
      });
      return child;
    }

    async function buildOnce(): Promise<void> {
      const { child, lines } = start("echo built > /content");
      await ended(child);
      expect(child.exitCode, lines.output).to.equal(0);
      const layers = readdirSync(cache).filter((name) => name.startsWith("tiny-"));
      expect(layers).to.have.length(1);
      expect(readFileSync(join(cache, layers[0] ?? "", "content"), "utf8")).to.equal("built\n");
      expect(existsSync(join(cache, "unfinished/tiny"))).to.equal(false);
    }

    function processes(): readonly string[] {
      return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isOfThisTest(pid));
    }

    function sleepers(): readonly string[] {
      return processes().filter((pid) => procFile(pid, "cmdline").startsWith("sleep"));
    }

    function isOfThisTest(pid: string): boolean {
      return (
        procFile(pid, "environ").includes(`LIVE_CACHE=${cache}\0`) ||
        procFile(pid, "cmdline").includes(marker())
      );
    }

    for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
      it(`leaves no mount and no process after ${signal}, and the next build succeeds`, async () => {
        const build = await startEndless();
        await until("both of the step's processes run", () => sleepers().length === 2);
        expect(readFileSync("/proc/self/mounts", "utf8")).not.to.include(mountedName());
        build.kill(signal);
        await ended(build);
        await until("the build's processes end", () => processes().length === 0);
        await buildOnce();
      });
    }

    it("waits for the lock of a run in progress, and does not clear its build", async () => {
      const first = await startEndless();
      const second = start("echo built > /content");
      await until("the second run waits", () => second.lines.output.includes("Another run uses the cache"));
      expect(existsSync(startedFile)).to.equal(true);
      first.kill("SIGKILL");
      await ended(second.child);
      expect(second.child.exitCode, second.lines.output).to.equal(0);
    });

    // An ordinary user could not mount outside of namespaces.
    if (identity.name === "root")
      it("clears the mounts, processes and folders that a killed build of an earlier version left", async () => {
        // The kernel's list of mounts has the path without symbolic links.
        mkdirSync(cache);
        const link = join(dirname(cache), "link");
        symlinkSync(cache, link);
        const names = ["", ".root", ".work"].map((suffix) => join(cache, `packages-unfinished${suffix}`));
        for (const folder of names) mkdirSync(folder);
        mkdirSync(join(cache, "packages"));
        writeFileSync(join(cache, "packages", `${"a".repeat(64)}.1`), "half a package");
        writeFileSync(join(cache, "packages", "b".repeat(64)), "a package");
        const [layer = "", root = "", work = ""] = names;
        const script = `set -e
mount -t overlay overlay -o "lowerdir=/usr,upperdir=$1,workdir=$3" "$2"
mkdir "$2/proc"
mount --bind /proc "$2/proc"
chroot "$2" sleep 1e6${marker()} &
shift 3
"$@" 'echo built > /content'
cat /proc/self/mounts`;
        const child = spawn(
          "unshare",
          ["--mount", "--propagation", "private", "sh", "-c", script, "sh", layer, root, work, ...run],
          { env: { ...process.env, LIVE_CACHE: link }, stdio: ["ignore", "pipe", "pipe"] },
        );
        runs.push(child);
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
          stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
        }
        await ended(child);
        expect(child.exitCode, output).to.equal(0);
        expect(output).not.to.include(mountedName());
        expect(processes()).to.deep.equal([]);
        expect(readdirSync(cache).filter((name) => name.startsWith("packages-"))).to.deep.equal([]);
        expect(readdirSync(join(cache, "packages"))).to.deep.equal(["b".repeat(64)]);
      });

    /** The cache as the kernel writes it into its list of mounts. */
    function mountedName(): string {
      return cache.replaceAll(" ", "\\040");
    }
  });
}
