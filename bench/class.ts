import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { emulatorFolder, foldersOf } from "../engine/folders";
import { emulatorStatus } from "../localAws/emulator";
import { type Usage, watchProcesses } from "./processes";
import { nodeHooks, repository, type Workplace } from "./workplace";

/** The measurement of one command on a whole class. */
export interface ClassMeasurement extends Usage {
  readonly name: string;
  readonly students: number;
  readonly seconds: number;
}

/** The names of the measured commands in the table and in the goals. */
export const classNames = {
  plan: "class, plan under all its policies",
  up: "class, up from nothing",
  upAgain: "class, up with no change",
  down: "class, down",
} as const;

/**
 * Runs every command once on a class in the emulator: one run has enough students for a mean.
 * @throws Error with a command's output when it fails.
 */
export async function measureClass(
  workplace: Workplace,
  students: number,
  report: (line: string) => void,
): Promise<readonly ClassMeasurement[]> {
  const roster = path.join(workplace.folder, "class.csv");
  const rows = Array.from(
    { length: students },
    (_, index) => `s${String(index + 1).padStart(3, "0")},Student`,
  );
  await writeFile(roster, ["id,name", ...rows].join("\n"));
  const commands = [
    [classNames.plan, "plan"],
    [classNames.up, "up"],
    [classNames.upAgain, "up"],
    [classNames.down, "down"],
  ] as const;
  const measurements: ClassMeasurement[] = [];
  for (const [name, command] of commands) {
    report(`${name}, ${students} students`);
    measurements.push({ name, students, ...(await measured(workplace, [command, roster])) });
  }
  return measurements;
}

async function measured({ localFolder }: Workplace, words: readonly string[]) {
  const emulator = emulatorFolder(foldersOf({ repository, local: localFolder }));
  const status = await emulatorStatus(emulator);
  if (!status.running) throw new Error("The bench's emulator has ended");
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...["--require", nodeHooks, path.join(repository, "students", "main.ts")],
      ...words,
      ...["--local", "--yes", "--folder", localFolder],
    ],
    { cwd: repository, stdio: ["ignore", "pipe", "pipe"] },
  );
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const watch = watchProcesses(child.pid ?? 0, [status.pid]);
  await once(child, "close");
  const seconds = (performance.now() - start) / 1000;
  const usage = await watch.stop();
  if (child.exitCode !== 0) {
    throw new Error(
      `students ${words.join(" ")} ended with ${child.exitCode}:\n${output.join("").slice(-4_000)}`,
    );
  }
  return { ...usage, seconds };
}
