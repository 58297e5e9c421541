import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "yaml";
import { z } from "zod";

import { runProgram } from "../../cli/runCommand";
import { emulatorFolder, foldersOf, type Folders } from "../../engine/folders";
import { localProgram } from "../../local/program";
import { startEmulator } from "../../localAws/emulator";
import { run as runToEnd } from "../../localAws/live/command";
import type { AwsTarget } from "../../localAws/providers/aws/clients";
import type { Identity } from "../localAws/live/support/identity";
import { sharePythonEnvironment } from "./pythonEnvironment";

const repository = path.resolve(__dirname, "../..");
const node = [process.execPath, "--require", path.join(repository, "nodeHooks/register.cjs")];
const local = [...node, path.join(repository, "local/main.ts")];

/** The fields of the output of `--json` that tests read. */
const factsSchema = z.object({
  endpoint: z.string().optional(),
  region: z.string().optional(),
  accountId: z.string().optional(),
  outputs: z.record(z.string(), z.unknown()).default({}),
  resources: z.number().optional(),
  firings: z.array(z.unknown()).optional(),
  policies: z.object({ passed: z.number(), violated: z.number(), waiting: z.number() }).optional(),
  violations: z.array(z.object({ policy: z.string(), resource: z.string().optional() })).default([]),
  changes: z.record(z.string(), z.number()).optional(),
  notice: z.string().optional(),
  drift: z.array(z.string()).optional(),
  site: z.string().optional(),
  page: z.string().optional(),
  left: z.array(z.string()).optional(),
  error: z.string().optional(),
  errors: z.array(z.object({ message: z.string() })).default([]),
});

/** The result of a command. */
export interface Ended {
  readonly status: number | null;
  readonly facts: z.output<typeof factsSchema>;
  readonly stderr: string;
}

/** How another program ended, and what it printed. */
export interface Through {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** State, settings and an emulator of their own for `npm run local`. */
export interface LocalRun {
  readonly folders: Folders;
  /** The options that make a command use them. */
  readonly options: readonly string[];
  /**
   * Runs a command to its end, in this process, which saves the start of a process and the loading of its modules.
   * Another user's commands run in processes of their own.
   */
  readonly run: (...words: readonly string[]) => Promise<Ended>;
  /** Runs another program through a command, such as `aws`, to its end. */
  readonly through: (words: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Through>;
  /** Starts a command in a process of its own. `onLine` receives each line of its standard error. */
  readonly start: (
    words: readonly string[],
    onLine: (line: string, process: ChildProcess) => void,
  ) => Promise<Ended>;
  /** Replaces a text in a stack's settings, which must contain it. */
  readonly change: (stack: string, from: string, to: string) => Promise<void>;
  /** Adds a stack with these settings. */
  readonly add: (stack: string, config: Readonly<Record<string, unknown>>) => Promise<void>;
  /** The emulator's process id. */
  readonly emulatorPid: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * Creates them in a temporary folder, with the repository's settings.
 *
 * @param identity who runs the commands. Default: the user of this process
 */
export async function openLocalRun(identity?: Identity): Promise<LocalRun> {
  const folder = identity?.makeFolder() ?? (await mkdtemp(path.join(tmpdir(), "local-run-")));
  const folders = foldersOf({ repository, project: folder, local: path.join(folder, "local") });
  for (const file of [
    "Pulumi.yaml",
    "Pulumi.local.yaml",
    "Pulumi.dev.yaml",
    "Pulumi.lab.yaml",
    "Pulumi.prod.yaml",
  ]) {
    await cp(path.join(repository, file), path.join(folder, file));
  }
  const emulator = emulatorFolder(folders);
  // It always ends with this process. The commands find it. A command restarts a killed one.
  if (identity === undefined) await openEmulator(emulator);
  else await openEmulatorAs(identity, emulator);
  const asUser = (command: readonly string[]): readonly [string, ...string[]] => {
    const [program = "", ...args] = identity?.run(command) ?? command;
    return [program, ...args];
  };

  const ended = (status: number | null, stdout: string, stderr: string): Ended => ({
    status,
    facts: factsSchema.parse(stdout === "" ? {} : JSON.parse(stdout)),
    stderr,
  });
  const options = ["--port", "0", "--folder", folders.local, "--settings", folder];
  const start: LocalRun["start"] = async (words, onLine) => {
    const [program, ...args] = asUser([...local, ...words, "--json", ...options]);
    const child = spawn(program, args, { cwd: repository, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      stderr += `${line}\n`;
      onLine(line, child);
    });
    await once(child, "close");
    return ended(child.exitCode, stdout, stderr);
  };
  const runHere: LocalRun["run"] = async (...words) => {
    let stdout = "";
    let stderr = "";
    const status = await runProgram(localProgram, [...words, "--json", ...options], {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
    });
    return ended(status, stdout, stderr);
  };
  const run: LocalRun["run"] = identity === undefined ? runHere : (...words) => start(words, () => undefined);

  const through: LocalRun["through"] = async (words, environment = {}) => {
    const [program, ...args] = asUser([...local, ...options, ...words]);
    const child = spawn(program, args, {
      cwd: repository,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    await once(child, "close");
    return { status: child.exitCode, stdout, stderr };
  };

  return {
    folders,
    options,
    run,
    through,
    start,
    change: async (stack, from, to) => {
      const file = path.join(folder, `Pulumi.${stack}.yaml`);
      const text = await readFile(file, "utf8");
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      await writeFile(file, text.replace(from, to));
    },
    add: async (stack, config) => {
      await writeFile(path.join(folder, `Pulumi.${stack}.yaml`), stringify({ config }));
    },
    emulatorPid: async () => {
      const state = z.object({ pid: z.number() });
      return state.parse(JSON.parse(await readFile(path.join(emulator, "emulator.json"), "utf8"))).pid;
    },
    close: async () => {
      await run("stop");
      await rm(folder, { recursive: true });
    },
  };
}

/** The facts of a successful command. @throws Error with its standard error if it failed. */
export function succeeded({ status, facts, stderr }: Ended): Ended["facts"] {
  if (status !== 0) throw new Error(`ended with ${status ?? "a signal"}: ${stderr}`);
  return facts;
}

/** The stack's endpoint, region and account, for a client of the AWS SDK. */
export function targetOf({ endpoint, region, accountId }: Ended["facts"]): AwsTarget {
  if (endpoint === undefined || region === undefined || accountId === undefined) {
    throw new Error("the output has no endpoint, region or account");
  }
  return { endpoint, region, accountId };
}

/** Starts an emulator with the shared Python environment, which ends with the process. */
export async function openEmulator(folder: string, environment?: string, owner = process.pid): Promise<void> {
  await sharePythonEnvironment(folder, environment);
  await startEmulator({ port: 0, folder, endWithProcess: owner, report: () => undefined });
}

async function openEmulatorAs(identity: Identity, folder: string): Promise<void> {
  const program = path.join(__dirname, "emulatorProgram.ts");
  await runToEnd(identity.run([...node, program, folder, identity.emulatorFolder, String(process.pid)]));
}
