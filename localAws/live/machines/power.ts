import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { codeOf } from "../../../cli/failure";
import type { Cgroup } from "../box/cgroup";
import { searchPath } from "../box/programs";

export interface PowerOptions {
  /** The root file system. */
  readonly root: string;
  readonly hostName: string;
  /** The name for `ip netns exec`. */
  readonly namespace: string;
  readonly pidFile: string;
  /** The folder that the machine sees as /efs, with the mounts that appear in it: see `shares.ts`. */
  readonly shared: string;
  /** A new one; it is removed when the machine has ended. */
  readonly cgroup: Cgroup;
  /** Gets what the machine writes to its console. */
  readonly onConsole: (text: string) => void;
}

/** How a machine's init process ended. */
export type PowerEnd = "powered off" | "reboots" | "killed";

/** A machine that is on. */
export interface Power {
  /** Its init process, as this process sees it. Waits until systemd runs. */
  readonly init: () => Promise<number>;
  /** Resolves when no process of the machine and no cgroup exists any more. */
  readonly ended: Promise<PowerEnd>;
  /** Asks systemd to power off or reboot. */
  readonly request: (what: "power off" | "reboot") => Promise<void>;
  /** Cuts the power: no process can clean up. */
  readonly kill: () => Promise<void>;
}

/** Signals to the init process of a container, see systemd(1). */
const requests = { "power off": "SIGRTMIN+4", reboot: "SIGRTMIN+5" } as const;
/** Linux's number of the first real-time signal for programs. */
const firstRealTime = 34;
/** boot.sh's exit status after reboot(2) in a PID namespace. */
const rebootStatus = 128 + 1;
const powerOffStatus = 128 + 2;

const pollMilliseconds = 20;
const bootScript = join(__dirname, "boot.sh");

/** Powers a machine on. */
export function powerOn(options: PowerOptions): Power {
  const { root, hostName, namespace, pidFile, shared, cgroup, onConsole } = options;
  const command = [bootScript, root, hostName, namespace, pidFile, shared, ...cgroup.procsFiles].map(quoted);
  // script(1) gives the machine a terminal. Its input stays open: without one it ends.
  const child = spawn(
    "script",
    ["--quiet", "--flush", "--return", "--command", command.join(" "), "/dev/null"],
    {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, PATH: searchPath(), SHELL: "/bin/sh" },
    },
  );
  child.stdin.on("error", () => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", onConsole);
  }
  let hasEnded = false;
  const ended = new Promise<PowerEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      hasEnded = true;
      child.stdin.destroy();
      // What the machine left outside of its PID namespace: nothing, unless it was killed in the middle of a boot.
      cgroup
        .kill()
        .then(cgroup.remove)
        .then(() => {
          resolve(code === rebootStatus ? "reboots" : code === powerOffStatus ? "powered off" : "killed");
        }, reject);
    });
  });
  const init = async (): Promise<number> => {
    for (;;) {
      const pid = readInit(pidFile);
      if (pid !== undefined) return pid;
      if (hasEnded) throw new Error(`${hostName} ended before its init process ran.`);
      await sleep(pollMilliseconds);
    }
  };
  return {
    init,
    ended,
    request: async (what) => {
      signal(await init(), requests[what]);
    },
    kill: async () => {
      await cgroup.kill();
      // In the moment before it entered the cgroup.
      if (!hasEnded) child.kill("SIGKILL");
      await ended;
    },
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function signal(pid: number, name: `SIGRTMIN+${number}`): void {
  try {
    process.kill(pid, firstRealTime + Number(name.slice("SIGRTMIN+".length)));
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/** The init process once systemd runs in it: before, a signal would end it. */
function readInit(pidFile: string): number | undefined {
  try {
    const parent = readFileSync(pidFile, "utf8").trim();
    const [child = ""] = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ");
    if (child === "") return undefined;
    return readFileSync(`/proc/${child}/comm`, "utf8") === "systemd\n" ? Number(child) : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return undefined;
    throw error;
  }
}
