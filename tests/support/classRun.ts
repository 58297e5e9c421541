import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

import { codeOf } from "../../cli/failure";
import { emulatorFolder, foldersOf } from "../../engine/folders";
import { emulatorApi, startEmulator, stopEmulator, type EmulatorApi } from "../../localAws/emulator";
import { eventually } from "./eventually";
import { sharePythonEnvironment } from "./pythonEnvironment";

const repository = path.resolve(__dirname, "../..");

/** The fields of a student in the output of `--json` that tests read. */
const studentSchema = z.object({
  id: z.string(),
  status: z.string().optional(),
  state: z.string().optional(),
  accountId: z.string().optional(),
  resources: z.number().optional(),
  outputs: z.record(z.string(), z.unknown()).default({}),
  reason: z.string().default(""),
  remedy: z.string().default(""),
  credentialsExpireAt: z.string().optional(),
  left: z.array(z.object({ what: z.string(), dollarsPerHour: z.number().optional() })).default([]),
  notes: z.array(z.string()).default([]),
});
export type StudentFacts = z.output<typeof studentSchema>;

/** The result of a command. */
export interface ClassEnded {
  readonly status: number | null;
  readonly students: readonly StudentFacts[];
  /** The student's part of the output, which must exist. */
  readonly of: (id: string) => StudentFacts;
  readonly stderr: string;
  readonly stdout: string;
}

/** A folder and an emulator of their own for `npm run students`. */
export interface ClassPlace {
  /** The folder of the class's state, settings and logs. */
  readonly folder: string;
  readonly emulator: EmulatorApi;
  readonly endpoint: string;
  /** Replaces the roster. */
  readonly roster: (text: string) => Promise<void>;
  /** The path of a student's file. */
  readonly fileOf: (id: string, ...names: readonly string[]) => string;
  /** Waits until the log of a student's command contains the text. @param seconds 120 by default */
  readonly untilLogged: (id: string, command: string, text: string, seconds?: number) => Promise<void>;
  /** The id of the process that currently works on a student's stack. */
  readonly workerOf: (id: string) => Promise<number>;
  /**
   * Runs a command to its end.
   * @param environment variables in addition to this process's
   * @param machine the folder of all files of the run, as on another machine; default: {@link folder}
   */
  readonly run: (
    words: readonly string[],
    environment?: NodeJS.ProcessEnv,
    machine?: string,
  ) => Promise<ClassEnded>;
  readonly close: () => Promise<void>;
}

/** @param real whether to use the students' own accounts, which the emulator provides, instead of `--local`. */
export async function openClassPlace({ real = false } = {}): Promise<ClassPlace> {
  const home = await mkdtemp(path.join(tmpdir(), "class-run-"));
  const folder = path.join(home, "local");
  const emulatorHome = emulatorFolder(foldersOf({ repository, local: folder }));
  await sharePythonEnvironment(emulatorHome);
  // This process starts it, so that it always ends with the tests. The commands find it.
  const { endpoint } = await startEmulator({
    port: 0,
    folder: emulatorHome,
    endWithProcess: process.pid,
    report: () => undefined,
  });
  const fileOf = (id: string, ...names: readonly string[]) =>
    path.join(folder, "students/class", real ? "aws" : "local", id, ...names);
  const rosterFile = path.join(home, "class.csv");
  return {
    folder,
    endpoint,
    emulator: emulatorApi(endpoint),
    roster: (text) => writeFile(rosterFile, text),
    fileOf,
    untilLogged: async (id, command, text, seconds = 120) => {
      await eventually(
        `${text} in ${id}'s log of ${command}`,
        async () => ((await readIfThere(fileOf(id, `${command}.log`))).includes(text) ? true : undefined),
        seconds,
      );
    },
    workerOf: async (id) =>
      z.object({ pid: z.number() }).parse(JSON.parse(await readFile(fileOf(id, "lock.json"), "utf8"))).pid,
    run: async ([command = "", ...words], environment = {}, machine = folder) => {
      const options = [...(real ? [] : ["--local"]), "--json", "--folder", machine];
      const child = spawn(
        process.execPath,
        [
          "--require",
          path.join(repository, "nodeHooks/register.cjs"),
          path.join(repository, "students/main.ts"),
          command,
          rosterFile,
          ...words,
          ...options,
        ],
        {
          cwd: repository,
          stdio: ["ignore", "pipe", "pipe"],
          env: {
            ...process.env,
            PULUMI_BACKEND_URL: "",
            ...(real ? { AWS_ENDPOINT_URL: endpoint, PULUMI_CONFIG_PASSPHRASE: "test" } : {}),
            ...environment,
          },
        },
      );
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
      });
      await once(child, "close");
      const { students } = z
        .object({ students: z.array(studentSchema).default([]) })
        .parse(stdout === "" ? {} : JSON.parse(stdout));
      return {
        status: child.exitCode,
        students,
        stderr,
        stdout,
        of: (id) => {
          const found = students.find((student) => student.id === id);
          if (found === undefined) throw new Error(`the output has no student ${id}: ${stderr}`);
          return found;
        },
      };
    },
    close: async () => {
      await stopEmulator(emulatorHome);
      await rm(home, { recursive: true });
    },
  };
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}
