import { execFile, spawn } from "node:child_process";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { letOutlive } from "../../cli/children";
import { codeOf, Failure } from "../../cli/failure";
import { parseJson } from "../../cli/json";
import { processExists, waitForLock } from "../../cli/lock";
import { machineFailureIn } from "../../cli/machineFailure";
import { emulatorApi, type EmulatorHealth } from "./api";
import { ensureEnvironment } from "./environment";
import {
  defaultFolder,
  type EmulatorFiles,
  type EmulatorState,
  filesIn,
  sources,
  stateSchema,
} from "./layout";
import type { Report } from "./packages";
import { onPort, PortInUse, requirePort } from "./port";
import { emulatorVersion } from "./version";

export interface StartOptions {
  /** TCP port on 127.0.0.1; 0 means any free port. Default: 4577, or the next free port after it. */
  readonly port?: number;
  readonly report: Report;
  /** Prints a line that stays: where the emulator listens when its default port is in use. */
  readonly announce?: (line: string) => void;
  /** The folder of the state file and the log, by which later calls find the emulator. Default: `.local/emulator`. */
  readonly folder?: string;
  /** The folder of the Python environment and its compiled modules. Default: the folder above. */
  readonly environmentFolder?: string;
  /** The command that stops the emulator, for an error message. */
  readonly stopCommand?: string;
  /** The id of a process; the emulator ends when that process ends. Default: it runs until it is stopped. */
  readonly endWithProcess?: number;
}

/** A running emulator. */
export interface RunningEmulator {
  /** E.g. `http://127.0.0.1:4577`. */
  readonly endpoint: string;
  readonly pid: number;
  readonly bootId: string;
}

/** The emulator's exit status when another program uses the port; see overlay/server.py. */
const portInUse = 98;
const startTimeoutMilliseconds = 60_000;
const stopTimeoutMilliseconds = 2_000;
const pollMilliseconds = 25;

/**
 * Starts the emulator in a process that outlives this one, and waits until it answers. An emulator of this folder that
 * already runs is used again, with its content. An emulator that was started from other sources is replaced; its
 * content is lost, because it keeps everything in memory.
 *
 * @throws Failure when another program uses the port, when Python is missing, or when the emulator does not start.
 */
export async function startEmulator(options: StartOptions): Promise<RunningEmulator> {
  const { report, folder = defaultFolder } = options;
  const lock = await waitForLock(path.join(folder, "emulator.lock"), "starts the emulator", (holder) => {
    report(`Process ${holder.pid} ${holder.doing}; waiting for it`);
  });
  try {
    return await startOrFind(options, filesIn(folder));
  } finally {
    await lock.release();
  }
}

async function startOrFind(options: StartOptions, files: EmulatorFiles): Promise<RunningEmulator> {
  const { report, port, announce = report, stopCommand } = options;
  const version = await emulatorVersion();
  const before = await findRunning(files);
  if (before?.version === version) {
    requirePort({
      folder: path.dirname(files.state),
      running: before.port,
      asked: port,
      remedy: `Leave out --port to use it, or stop it first (its stacks end with it)${stopCommand === undefined ? "." : `: ${stopCommand}`}`,
    });
    return describe(before);
  }
  if (before !== undefined) {
    report("The running emulator has another version: starting a new one, with empty accounts");
    await end(before, files);
  }
  const environment = options.environmentFolder ?? path.dirname(files.state);
  const python = await ensureEnvironment({ report, folder: environment });
  await rm(files.state, { force: true });
  const state = await onPort(port, announce, (each) =>
    launch({ python, environment, version, port: each, files, endWithProcess: options.endWithProcess }),
  );
  return describe(state);
}

/** Stops the emulator; its content is lost. @returns whether one ran. */
export async function stopEmulator(folder: string = defaultFolder): Promise<boolean> {
  const files = filesIn(folder);
  const running = await findRunning(files);
  if (running === undefined) {
    await rm(files.state, { force: true });
    return false;
  }
  await end(running, files);
  return true;
}

export type EmulatorStatus =
  { readonly running: false } | ({ readonly running: true } & RunningEmulator & EmulatorHealth);

/** Whether the emulator runs, and with which accounts. */
export async function emulatorStatus(folder: string = defaultFolder): Promise<EmulatorStatus> {
  const running = await findRunning(filesIn(folder));
  if (running === undefined) return { running: false };
  const described = describe(running);
  return { running: true, ...described, ...(await emulatorApi(described.endpoint).health()) };
}

function describe({ port, pid, bootId }: EmulatorState): RunningEmulator {
  return { endpoint: `http://127.0.0.1:${port}`, pid, bootId };
}

/**
 * The emulator of the state file, if it still runs: another process may have its process id by now. An emulator of
 * this folder that no longer answers is ended.
 */
async function findRunning(files: EmulatorFiles): Promise<EmulatorState | undefined> {
  const state = await readState(files);
  if (state === undefined || !processExists(state.pid)) return undefined;
  const health = await healthOf(state);
  if (health?.bootId === state.bootId) return state;
  if ((await commandOf(state.pid)).includes(files.state)) await end(state, files);
  return undefined;
}

/** The command line of a process; empty when it has ended. */
async function commandOf(pid: number): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "command=", "-p", `${pid}`]);
    return stdout;
  } catch (error) {
    // ps exits with 1 when there is no such process.
    if (error instanceof Error && "code" in error && error.code === 1) return "";
    throw error;
  }
}

async function readState(files: EmulatorFiles): Promise<EmulatorState | undefined> {
  try {
    const state = parseJson(stateSchema, await readFile(files.state, "utf8"));
    return (state?.file ?? files.state) === files.state ? state : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function healthOf(state: EmulatorState): Promise<EmulatorHealth | undefined> {
  try {
    return await emulatorApi(describe(state).endpoint).health();
  } catch {
    // The connection was refused, or another program answered: not our emulator.
    return undefined;
  }
}

interface Launch {
  readonly python: string;
  /** Keeps the modules that Python compiles. */
  readonly environment: string;
  readonly version: string;
  readonly port: number;
  readonly files: EmulatorFiles;
  readonly endWithProcess: number | undefined;
}

async function launch(options: Launch): Promise<EmulatorState> {
  const { python, environment, version, port, files, endWithProcess } = options;
  const log = await open(files.log, "w");
  const args = ["-m", "overlay", "--port", `${port}`, "--version", version, "--state-file", files.state];
  const node = ["--node", process.execPath, "--node-path", sources.nodeModules];
  const child = spawn(
    python,
    [...args, ...node, ...(endWithProcess === undefined ? [] : ["--end-with", `${endWithProcess}`])],
    {
      cwd: sources.package,
      detached: true,
      env: emulatorEnvironment(environment),
      stdio: ["ignore", log.fd, log.fd],
    },
  );
  await log.close();
  try {
    return await waitUntilListening(child, python, port, files);
  } finally {
    letOutlive(child);
  }
}

/** Python keeps compiled modules, outside of the working copy: they save seconds at the next start. */
function emulatorEnvironment(environment: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PYTHONDONTWRITEBYTECODE: undefined,
    PYTHONPYCACHEPREFIX: path.join(environment, "pycache"),
  };
}

async function waitUntilListening(
  child: ReturnType<typeof spawn>,
  python: string,
  port: number,
  files: EmulatorFiles,
): Promise<EmulatorState> {
  const failed = new Promise<never>((_resolve, reject) =>
    child.once("error", (error) => {
      reject(brokenEnvironment(python, error.message, error));
    }),
  );
  const listening = async (): Promise<EmulatorState> => {
    const deadline = Date.now() + startTimeoutMilliseconds;
    while (Date.now() < deadline) {
      const state = await readState(files);
      if (state !== undefined && state.pid === child.pid) return state;
      if (child.exitCode === portInUse) throw new PortInUse(port);
      if (child.exitCode !== null || child.signalCode !== null)
        throw await didNotStart("ended", python, files);
      await sleep(pollMilliseconds);
    }
    child.kill("SIGKILL");
    throw await didNotStart(`did not answer within ${startTimeoutMilliseconds / 1000} s`, python, files);
  };
  return Promise.race([listening(), failed]);
}

async function didNotStart(how: string, python: string, files: EmulatorFiles): Promise<Failure> {
  const log = await readFile(files.log, "utf8");
  const ofMachine = machineFailureIn(log, path.dirname(files.log));
  if (ofMachine !== undefined) return ofMachine;
  const last = log.trimEnd().split("\n").slice(-3).join(" | ");
  if (brokenPython.test(log)) return brokenEnvironment(python, last);
  return new Failure(`The emulator ${how} while starting: ${last}`, `Its log is ${files.log}.`);
}

/** What Python, or the system's loader, prints when parts of it are missing. */
const brokenPython =
  /ModuleNotFoundError|ImportError|No module named|error while loading shared libraries|Fatal Python error/;

function brokenEnvironment(python: string, reason: string, cause?: unknown): Failure {
  const environment = path.dirname(path.dirname(python));
  return new Failure(
    `The emulator's Python environment ${environment} is broken: ${reason}`,
    `Delete this folder (rm -r ${environment}), then run this again: the environment is created again.`,
    { cause },
  );
}

async function end({ pid }: EmulatorState, files: EmulatorFiles): Promise<void> {
  signal(pid, "SIGTERM");
  const deadline = Date.now() + stopTimeoutMilliseconds;
  while (processExists(pid)) {
    if (Date.now() > deadline) signal(pid, "SIGKILL");
    await sleep(pollMilliseconds);
  }
  await rm(files.state, { force: true });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}
