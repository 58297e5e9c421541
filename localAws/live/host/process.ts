import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile } from "node:fs/promises";
import { totalmem } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { letOutlive } from "../../../cli/children";
import { codeOf, Failure } from "../../../cli/failure";
import { waitForLock } from "../../../cli/lock";
import { machineFailure, machineFailureIn } from "../../../cli/machineFailure";
import { defaultFolder, emulatorApi, type Report } from "../../emulator";
import { paces } from "../pace";
import { bootIdAt } from "./control";
import { type HostOptions, filesIn, type LiveState, namePrefix, type Settings, type Ways } from "./layout";
import { removeLeftovers } from "./leftovers";
import { scopeHere } from "./scope";
import { commandLineOf, readRunning, removeState } from "./state";
import { liveVersion } from "./version";

export interface StartLiveOptions {
  /** The address of its emulator. */
  readonly endpoint: string;
  /** The emulator's folder. Default: `.local/emulator`. */
  readonly folder?: string;
  readonly report: Report;
  /** The memory that all machines together may use. Default: three quarters of this machine's. */
  readonly budgetMiB?: number;
  /** How many seconds are between values of metrics that no event makes. Default: those of the fast pace. */
  readonly secondsPerMinute?: number;
  /** The program in the box. Default: `region/main.ts`. */
  readonly program?: string;
}

/** A running live region. */
export interface RunningLive {
  /** The process id of the host process. */
  readonly pid: number;
  readonly endpoint: string;
  /** The folder of the Unix sockets that lead into the box. */
  readonly sockets: string;
  readonly isReady: boolean;
  /** What measurements and limits lack on this system, with the fix. */
  readonly limits: string | null;
  readonly ways: Ways;
}

export type LiveStatus = { readonly running: false } | ({ readonly running: true } & RunningLive);

const startTimeoutMilliseconds = 120_000;
const stopTimeoutMilliseconds = 30_000;
const pollMilliseconds = 25;

/**
 * Starts the live region of an emulator in a process that outlives this one, and waits until it is ready. A region of
 * this folder that already runs is used again; one with other sources, settings or emulator is replaced, and its
 * machines start again from their disks. The region ends when the emulator ends.
 *
 * @throws Failure when it does not start.
 */
export async function startLive(options: StartLiveOptions): Promise<RunningLive> {
  const { endpoint, folder = defaultFolder, report } = options;
  return await locked(folder, "starts the machines", report, async () => {
    const version = await liveVersion();
    const settings = JSON.stringify(settingsOf(options));
    const before = readRunning(folder);
    if (before !== undefined) {
      const isSame =
        before.version === version && before.settings === settings && before.endpoint === endpoint;
      const running = isSame ? await untilCurrent(folder, before) : undefined;
      if (running !== undefined) return describe(running);
      if (!isSame)
        report("Machines run with other sources or settings: starting them again from their disks");
      await end(before);
    }
    report("Starting the machines' region");
    await removeLeftovers(folder);
    const id = randomUUID();
    await launch({ id, endpoint, folder: path.resolve(folder), version, settings });
    return describe(await untilReady(folder, id, report));
  });
}

/** Ends the live region of this folder, and whatever a killed one left. Disks and databases stay. @returns whether one ran */
export async function stopLive(folder: string = defaultFolder): Promise<boolean> {
  // No region ever ran with this folder.
  if (!existsSync(filesIn(folder).data)) return false;
  return await locked(
    folder,
    "stops the machines",
    () => undefined,
    async () => {
      const running = readRunning(folder);
      if (running !== undefined) await end(running);
      removeState(folder);
      await removeLeftovers(folder);
      return running !== undefined;
    },
  );
}

/** Whether machines run with this folder, and what their region lacks. */
export function liveStatus(folder: string = defaultFolder): LiveStatus {
  const state = readRunning(folder);
  return state === undefined ? { running: false } : { running: true, ...describe(state) };
}

function settingsOf(options: StartLiveOptions): Settings {
  return {
    program: options.program ?? path.resolve(__dirname, "../region/main.ts"),
    budgetMiB: options.budgetMiB ?? Math.floor((totalmem() / 2 ** 20) * 0.75),
    // At AWS's pace the sums and averages of a minute are the same.
    secondsPerMinute: options.secondsPerMinute ?? paces.fast,
  };
}

function describe({ pid, endpoint, sockets, phase, limits, ways }: LiveState): RunningLive {
  return { pid, endpoint, sockets, isReady: phase === "ready", limits, ways };
}

async function locked<T>(folder: string, doing: string, report: Report, act: () => Promise<T>): Promise<T> {
  try {
    await mkdir(filesIn(folder).data, { recursive: true });
    const lock = await waitForLock(filesIn(folder).lock, doing, (holder) => {
      report(`Process ${holder.pid} ${holder.doing}; waiting for it`);
    });
    return await act().finally(() => lock.release());
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw machineFailure(error, folder) ?? error;
  }
}

/** It continues when this command is stopped: the next one finds it. */
async function launch(options: HostOptions): Promise<void> {
  const { folder } = options;
  removeState(folder);
  const log = await open(filesIn(folder).log, "a");
  const nodeHooks = path.resolve(__dirname, "../../../nodeHooks/register.cjs");
  const scope = await scopeHere(`${namePrefix(folder)}${options.id.slice(0, 8)}`);
  const [program = "", ...args] = [
    ...scope,
    ...[process.execPath, "--require", nodeHooks, path.join(__dirname, "main.ts"), JSON.stringify(options)],
  ];
  const child = spawn(program, args, {
    cwd: path.resolve(__dirname, "../../.."),
    detached: true,
    env: { ...process.env, NODE_NO_WARNINGS: "1", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();
  letOutlive(child);
  const failed = new Promise<never>((_resolve, reject) => child.once("error", reject));
  await Promise.race([failed, untilWritten(child, options)]);
}

/** Waits until the host process has written its state. */
async function untilWritten(child: ChildProcess, { folder, id }: HostOptions): Promise<void> {
  const deadline = Date.now() + startTimeoutMilliseconds;
  while (readRunning(folder)?.id !== id) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded || Date.now() > deadline) throw await didNotStart(folder);
    await sleep(pollMilliseconds);
  }
}

/** Reports the progress until the region answers. */
async function untilReady(folder: string, id: string, report: Report): Promise<LiveState> {
  const deadline = Date.now() + startTimeoutMilliseconds;
  let reported = "";
  for (;;) {
    const state = readRunning(folder);
    if (state?.id !== id) throw await didNotStart(folder);
    if (state.phase === "ready") return state;
    if (state.progress !== reported) report(state.progress);
    reported = state.progress;
    if (Date.now() > deadline) throw await didNotStart(folder);
    await sleep(pollMilliseconds);
  }
}

/**
 * Waits until the region is ready and has the emulator's present state: when another emulator answers, it starts again.
 *
 * @returns undefined when the host process has ended
 */
async function untilCurrent(folder: string, { id, endpoint }: LiveState): Promise<LiveState | undefined> {
  const { bootId } = await emulatorApi(endpoint).health();
  const deadline = Date.now() + startTimeoutMilliseconds;
  for (let state = readRunning(folder); state?.id === id; state = readRunning(folder)) {
    const current = state.phase === "ready" ? await bootIdAt(state.sockets) : undefined;
    if (current === null || current === bootId) return state;
    if (Date.now() > deadline) throw await didNotStart(folder);
    await sleep(pollMilliseconds);
  }
  return undefined;
}

async function didNotStart(folder: string): Promise<Failure> {
  const { log } = filesIn(folder);
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n").slice(-20);
  return (
    machineFailureIn(lines.join("\n"), folder) ??
    new Failure(`The machines' region did not start: ${lines.slice(-3).join(" | ")}`, `Its log is ${log}.`)
  );
}

async function end({ pid }: LiveState): Promise<void> {
  signal(pid, "SIGTERM");
  const deadline = Date.now() + stopTimeoutMilliseconds;
  // An ended process stays in the table, without a command line, until its parent reads its status.
  while (commandLineOf(pid) !== "") {
    if (Date.now() > deadline) signal(pid, "SIGKILL");
    await sleep(pollMilliseconds);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}
