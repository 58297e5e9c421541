import { stripVTControlCharacters } from "node:util";

/** The progress and result of a build, from its console. */
export interface ConsoleReading {
  /** The last step, e.g. `packages: installing nginx`; `undefined` before the first one. */
  readonly lastStep: string | undefined;
  /** Why the build failed; `undefined` while it has not. */
  readonly failure: string | undefined;
  /** The last lines, for the error message. */
  readonly lastLines: readonly string[];
}

/** A step's line as `server/programs/lib.sh` prints it, after a prefix of cloud-init or the kernel. */
const step = /\bwordpress-server ([a-z-]+: .*)$/;
const fatal = /\bwordpress-server ([a-z-]+): FATAL: (.*)$/;
/** cloud-init's message for a failed command of user data. A failed step prints its own reason if it can. */
const commandsFailed = /\bFailed to run module scripts[-_]user\b/;

const shownLines = 12;

/** @param output the console's text, decoded */
export function readConsole(output: string): ConsoleReading {
  const lines = output
    .split(/\r?\n|\r/)
    .map(plain)
    .filter((line) => line !== "");
  const steps = lines.flatMap((line) => step.exec(line)?.[1] ?? []);
  const fatalities = lines.flatMap((line) => {
    const [, where = "", why = ""] = fatal.exec(line) ?? [];
    return why === "" ? [] : [`${where}: ${why}`];
  });
  const stuck = lines.some((line) => commandsFailed.test(line))
    ? "a command of its user data failed"
    : undefined;
  return {
    lastStep: steps.at(-1),
    failure: fatalities.at(-1) ?? stuck,
    lastLines: lines.slice(-shownLines),
  };
}

/** Without colors and cursor movements. */
function plain(line: string): string {
  return stripVTControlCharacters(line).trim();
}
