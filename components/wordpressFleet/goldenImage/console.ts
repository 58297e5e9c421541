import { stripVTControlCharacters } from "node:util";

/** What a builder's console says of its build. */
export interface ConsoleReading {
  /** What it was at last, e.g. `packages: installing nginx`; `undefined` before its first word. */
  readonly lastStep: string | undefined;
  /** Why the build has failed. */
  readonly failure: string | undefined;
  /** The end of it, for a person who has to find out more. */
  readonly lastLines: readonly string[];
}

/** A step's line, as `server/programs/lib.sh` writes it; cloud-init and the kernel put words before it. */
const step = /\bwordpress-server ([a-z-]+: .*)$/;
const fatal = /\bwordpress-server ([a-z-]+): FATAL: (.*)$/;
/** cloud-init's word for a user data command that failed; whatever failed says more, unless it could not. */
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

/** Without colours and cursor movements. */
function plain(line: string): string {
  return stripVTControlCharacters(line).trim();
}
