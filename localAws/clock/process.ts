import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { letOutlive } from "../../cli/children";
import { codeOf, Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import { processExists } from "../../cli/lock";
import { emulatorApi } from "../emulator";
import { defaultFolder } from "../emulator/layout";

export interface StartClockOptions {
  /** The address of its emulator. */
  readonly endpoint: string;
  /** The folder of its state file and log. Default: `.local/emulator`. */
  readonly folder?: string;
}

const stateSchema = z.object({
  pid: z.int().positive(),
  id: z.string(),
  endpoint: z.string(),
  /** The file's own path: in a copy of the folder it names another clock's file. */
  file: z.string().optional(),
});

const startTimeoutMilliseconds = 30_000;
const pollMilliseconds = 50;

/**
 * Starts the clock of an emulator in its own process, unless one already runs, and waits for its first tick. The clock
 * ends when the emulator ends.
 *
 * @throws Failure when it does not start.
 */
export async function startClock({ endpoint, folder = defaultFolder }: StartClockOptions): Promise<void> {
  const api = emulatorApi(endpoint);
  if ((await api.health()).clock !== null) return;
  await mkdir(folder, { recursive: true });
  const id = randomUUID();
  const log = await open(logIn(folder), "w");
  const nodeHooks = path.join(__dirname, "../../nodeHooks/register.cjs");
  const args = ["--require", nodeHooks, path.join(__dirname, "main.ts"), "--endpoint", endpoint];
  const child = spawn(process.execPath, [...args, "--id", id], {
    cwd: path.resolve(__dirname, "../.."),
    detached: true,
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", log.fd, log.fd],
  });
  await log.close();
  const failed = new Promise<never>((_resolve, reject) => child.once("error", reject));
  const ticking = async (): Promise<void> => {
    const deadline = Date.now() + startTimeoutMilliseconds;
    while ((await api.health()).clock !== id) {
      if (child.exitCode !== null || Date.now() > deadline) throw await didNotStart(folder);
      await sleep(pollMilliseconds);
    }
  };
  try {
    await Promise.race([ticking(), failed]);
    await writeFile(stateIn(folder), JSON.stringify({ pid: child.pid, id, endpoint, file: stateIn(folder) }));
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    letOutlive(child);
  }
}

/** Stops the clock that was started with this folder. @returns whether one ran. */
export async function stopClock(folder: string = defaultFolder): Promise<boolean> {
  const state = await readState(folder);
  await rm(stateIn(folder), { force: true });
  if (state === undefined || !(await ticks(state))) return false;
  process.kill(state.pid, "SIGKILL");
  while (processExists(state.pid)) await sleep(pollMilliseconds);
  return true;
}

type ClockState = z.output<typeof stateSchema>;

/** Whether this clock called the emulator in the last seconds: another process may have its process id by now. */
async function ticks({ endpoint, id, pid }: ClockState): Promise<boolean> {
  if (!processExists(pid)) return false;
  try {
    return (await emulatorApi(endpoint).health()).clock === id;
  } catch {
    // The emulator has ended, so its clock ends too.
    return false;
  }
}

async function readState(folder: string): Promise<ClockState | undefined> {
  try {
    const state = parseJson(stateSchema, await readFile(stateIn(folder), "utf8"));
    return (state?.file ?? stateIn(folder)) === stateIn(folder) ? state : undefined;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function didNotStart(folder: string): Promise<Failure> {
  const last = (await readFile(logIn(folder), "utf8")).trimEnd().split("\n").slice(-3).join(" | ");
  return new Failure(`The emulator's clock did not start: ${last}`, `Its log is ${logIn(folder)}.`);
}

function stateIn(folder: string): string {
  return path.join(folder, "clock.json");
}

function logIn(folder: string): string {
  return path.join(folder, "clock.log");
}
