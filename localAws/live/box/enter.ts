import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

import type { Channel } from "../dial";
import { inNamespaces } from "./namespaces";
import { searchPath } from "./programs";

export interface BoxOptions {
  /** The program and its arguments. It runs as root of the box. Its standard input closes when the box must end. */
  readonly command: readonly string[];
  /** The file that keeps a second box from using the same disks. */
  readonly lock: string;
  /** A folder that is removed when both the box and this process have ended. */
  readonly sockets: string;
  /** cgroup folders that are removed when the box has ended. */
  readonly cgroups: readonly string[];
  /** The file descriptor that gets all output. */
  readonly output: number | "inherit";
  readonly environment?: NodeJS.ProcessEnv;
  readonly workingFolder?: string;
}

/** A set of namespaces with a program in it. */
export interface Box {
  /** The process outside of the box that waits for its end. */
  readonly pid: number;
  /** Resolves when nothing of the box exists any more: its processes, mounts, networks. */
  readonly ended: Promise<BoxEnd>;
  /** Node.js's IPC channel to the program. Closed when the program ends, or when it uses none. */
  readonly channel: Channel;
  /** Asks the program to end. After `patienceMilliseconds` the box ends without it. */
  readonly stop: (patienceMilliseconds: number) => Promise<BoxEnd>;
}

export interface BoxEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs a program in new mount, network and PID namespaces, and for an ordinary user in a user namespace, as root of
 * these. The box ends with its program and with this process, however that ends: the box's standard input closes then.
 */
export function enterBox(options: BoxOptions): Box {
  const { command, lock, sockets, cgroups, output, environment = process.env, workingFolder } = options;
  const init = inNamespaces([path.join(__dirname, "init.sh"), ...command]);
  const child = spawn(path.join(__dirname, "keeper.sh"), [lock, sockets, cgroups.join(":"), ...init], {
    cwd: workingFolder,
    env: { ...environment, PATH: searchPath(environment) },
    stdio: ["pipe", output, output, "pipe", "ipc"],
  });
  const [lifeline, , , request] = child.stdio;
  if (lifeline === null || request === null || request === undefined) {
    throw new Error("The box has no standard input.");
  }
  // The box may end before these are closed.
  for (const stream of [lifeline, request]) stream.on("error", () => undefined);
  const ended = endOf(child).finally(() => {
    lifeline.destroy();
    request.destroy();
  });
  return {
    pid: child.pid ?? 0,
    ended,
    channel: child,
    stop: async (patienceMilliseconds) => {
      request.destroy();
      const timer = setTimeout(() => lifeline.destroy(), patienceMilliseconds);
      return await ended.finally(() => {
        clearTimeout(timer);
      });
    },
  };
}

async function endOf(child: ChildProcess): Promise<BoxEnd> {
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}
