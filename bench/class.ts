import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { emulatorFolder, foldersOf } from "../engine/folders";
import { emulatorStatus } from "../localAws/emulator";
import { emptyCase } from "./cases";
import { runOnce } from "./measure";
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
  grade: "class, grade without --act",
  down: "class, down",
} as const;

/** The measurements of a class, and the empty program's previews between them, in seconds. */
export interface ClassMeasurements {
  readonly commands: readonly ClassMeasurement[];
  readonly emptySeconds: readonly number[];
}

/** How many previews of the empty program before and after each command. */
const emptyPreviews = 3;

/**
 * Runs every command once on a class in the emulator: one run has enough students for a mean. Between the commands it
 * previews an empty program, the measure of the machine's speed at that time.
 * @throws Error with a command's output when it fails.
 */
export async function measureClass(
  workplace: Workplace,
  students: number,
  report: (line: string) => void,
): Promise<ClassMeasurements> {
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
    [classNames.grade, "grade"],
    [classNames.down, "down"],
  ] as const;
  const empty = await emptyCase(workplace);
  // The first one reads the files from the disk.
  await runOnce(empty);
  const emptySeconds: number[] = [];
  const previewEmpty = async () => {
    for (let preview = 0; preview < emptyPreviews; preview += 1) {
      emptySeconds.push(...(await runOnce(empty)).seconds);
    }
  };
  const measurements: ClassMeasurement[] = [];
  await previewEmpty();
  for (const [name, command] of commands) {
    report(`${name}, ${students} students`);
    measurements.push({ name, students, ...(await measured(workplace, [command, roster])) });
    await previewEmpty();
  }
  return { commands: measurements, emptySeconds };
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
