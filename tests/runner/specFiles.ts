import { seconds } from "../../cli/steps";
import { type Counts, type Ended, runSpecFile } from "./specFile";

export interface Options {
  /** The number of files that run at the same time. */
  readonly atOnce: number;
  /** Also print the output of files that pass. Default: false */
  readonly verbose?: boolean;
  /** Receives the duration of each file that passes beside others. */
  readonly onPassed?: (file: string, milliseconds: number) => void;
  /** Default: standard output */
  readonly print?: (text: string) => void;
}

/** The counts of all files, of their last runs, and the files that passed only when they ran again, alone. */
export interface Result extends Counts {
  readonly onlyAlone: readonly string[];
}

/** When more files fail, the reason is not the load of the machine, and to run all of them again takes long. */
const mostAgain = 8;

/**
 * Runs each spec file in a process of its own, in this order. Files share the cores, so a server may miss a health check,
 * or a wait end too early, in a file that passes alone: one that fails runs once more, alone. What is wrong with the
 * program fails twice.
 */
export async function runSpecFiles(files: readonly string[], options: Options): Promise<Result> {
  const { atOnce, verbose = false, onPassed, print = console.log } = options;
  const waiting = [...files];
  const results = new Map<string, Counts>();
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const ended = await runSpecFile(file);
      print(endedText(file, "", ended, verbose));
      results.set(file, ended.counts);
      if (ended.counts.failed === 0) onPassed?.(file, ended.milliseconds);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const failed = files.filter((file) => (results.get(file)?.failed ?? 0) > 0);
  const { counts, onlyAlone } = await runAgain(failed, { verbose, print });
  for (const [file, each] of counts) results.set(file, each);
  return { ...sumOf([...results.values()]), onlyAlone };
}

/** Runs files that failed beside others once more, one after the other, unless there are too many. */
export async function runAgain(
  failed: readonly string[],
  { verbose = false, print = console.log }: Pick<Options, "verbose" | "print"> = {},
): Promise<{ readonly counts: ReadonlyMap<string, Counts>; readonly onlyAlone: readonly string[] }> {
  const counts = new Map<string, Counts>();
  if (failed.length > mostAgain) {
    print(`\n${failed.length} files failed. None runs again, because more than ${mostAgain} failed.`);
  } else if (failed.length > 0) {
    print(`\nThese files failed and run again, alone:\n${list(failed)}`);
    for (const file of failed) {
      const ended = await runSpecFile(file);
      print(endedText(file, ", again, alone", ended, verbose));
      counts.set(file, ended.counts);
    }
  }
  const onlyAlone = failed.filter((file) => counts.get(file)?.failed === 0);
  const still = failed.filter((file) => !onlyAlone.includes(file));
  if (onlyAlone.length > 0) print(`\nThese files failed beside others and passed alone:\n${list(onlyAlone)}`);
  if (still.length > 0) print(`\nThese files failed:\n${list(still)}`);
  return { counts, onlyAlone };
}

function sumOf(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** One line for a file that passed, unless `verbose`; all output for one that failed. */
export function endedText(
  file: string,
  how: string,
  { counts, output, milliseconds, leftovers }: Ended,
  verbose: boolean,
): string {
  const { passed, failed } = counts;
  const result = failed === 0 ? `${passed} passed` : `${passed} passed, ${failed} failed`;
  const left = leftovers.map((command) => `\n  It left this process, which was ended: ${command}`).join("");
  const line = `${file}${how}: ${result} (${seconds(milliseconds)})${left}`;
  return verbose || failed > 0 ? `\n${line}\n${output.trimEnd()}\n` : line;
}

function list(files: readonly string[]): string {
  return files.map((file) => `  ${file}`).join("\n");
}
