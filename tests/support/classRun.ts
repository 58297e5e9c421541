import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

import { emulatorApi, startEmulator, stopEmulator, type EmulatorApi } from "../../local/emulator";
import { emulatorFolder, foldersOf } from "../../local/folders";

const repository = path.resolve(__dirname, "../..");

/** What `--json` prints of a student, as far as tests look at it. */
const studentSchema = z.object({
  id: z.string(),
  status: z.string().optional(),
  state: z.string().optional(),
  accountId: z.string().optional(),
  resources: z.number().optional(),
  outputs: z.record(z.string(), z.unknown()).default({}),
  reason: z.string().default(""),
  left: z.array(z.object({ what: z.string() })).default([]),
  notes: z.array(z.string()).default([]),
});
export type StudentFacts = z.output<typeof studentSchema>;

/** How a command ended. */
export interface ClassEnded {
  readonly status: number | null;
  readonly students: readonly StudentFacts[];
  /** The student's part; it must be there. */
  readonly of: (id: string) => StudentFacts;
  /** What it wrote to standard error. */
  readonly told: string;
}

/** A place of its own for `npm run students`, with an emulator of its own. */
export interface ClassPlace {
  /** Where the class's runs keep everything. */
  readonly folder: string;
  readonly emulator: EmulatorApi;
  readonly endpoint: string;
  /** Writes the roster anew. */
  readonly roster: (text: string) => Promise<void>;
  /** Runs a command to its end; `onLine` hears its standard error while it goes on. */
  readonly run: (
    words: readonly string[],
    onLine?: (line: string, process: ChildProcess) => void,
  ) => Promise<ClassEnded>;
  readonly close: () => Promise<void>;
}

/** @param real students' own accounts, as the emulator stands in for them, rather than `--local`. */
export async function openClassPlace({ real = false } = {}): Promise<ClassPlace> {
  const home = await mkdtemp(path.join(tmpdir(), "class-run-"));
  const folder = path.join(home, "local");
  const emulatorHome = emulatorFolder(foldersOf({ repository, local: folder }));
  // Started here, it ends with the tests, however they end; the commands find it.
  const { endpoint } = await startEmulator({
    port: 0,
    folder: emulatorHome,
    endWithProcess: process.pid,
    report: () => undefined,
  });
  const rosterFile = path.join(home, "class.csv");
  return {
    folder,
    endpoint,
    emulator: emulatorApi(endpoint),
    roster: (text) => writeFile(rosterFile, text),
    run: async ([command = "", ...words], onLine = () => undefined) => {
      const options = [...(real ? [] : ["--local"]), "--json", "--folder", folder];
      const child = spawn(
        process.execPath,
        [
          "--require",
          "esbuild-register",
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
            ...(real ? { AWS_ENDPOINT_URL: endpoint, PULUMI_CONFIG_PASSPHRASE: "test" } : {}),
          },
        },
      );
      let printed = "";
      let told = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        told += text;
        for (const line of text.split("\n")) onLine(line, child);
      });
      await once(child, "close");
      const { students } = z
        .object({ students: z.array(studentSchema).default([]) })
        .parse(printed === "" ? {} : JSON.parse(printed));
      return {
        status: child.exitCode,
        students,
        told,
        of: (id) => {
          const found = students.find((student) => student.id === id);
          if (found === undefined) throw new Error(`nothing is told of ${id}: ${told}`);
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
