import { readOptions, type Option } from "../../cli/options";
import type { Parsed } from "../../cli/runCommand";
import { options as gradeOptions, stackOf } from "../grade/commandLine";
import { languageHelp } from "../language/language";

/** The options of `npm run course`. */
export interface CourseInvocation {
  /** The stack with the settings of the course; in the emulator also the one with the account. */
  readonly stack: string;
  readonly local: boolean;
  readonly json: boolean;
  readonly lang: string | undefined;
  /** The folder of all files that runs create; undefined: `.local` in the working copy. */
  readonly folder: string | undefined;
}

export const options = {
  stack: gradeOptions.stack,
  local: gradeOptions.local,
  lang: gradeOptions.lang,
  json: gradeOptions.json,
  folder: gradeOptions.folder,
  help: gradeOptions.help,
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run course --`. Reports all their problems at once. */
export function parseCommandLine(given: readonly string[]): Parsed<CourseInvocation> {
  const { positionals, has, valueOf, problems: inOptions } = readOptions(given, options);
  if (has("help")) return { kind: "help" };
  const unexpected = positionals.length === 0 ? [] : [`unexpected: ${positionals.join(" ")}`];
  const problems = [...inOptions, ...unexpected];
  if (problems.length > 0) return { kind: "wrong", problems, json: has("json") };
  const local = has("local");
  return {
    kind: "run",
    invocation: {
      stack: stackOf(valueOf("stack"), local),
      local,
      json: has("json"),
      lang: valueOf("lang"),
      folder: valueOf("folder"),
    },
  };
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "The exercises of the course in order, what is done, and the next step: npm run course -- [options]",
    "",
    "It reads AWS's public API with your credentials. A step is done when its check passes, in whichever way you did it.",
    "Steps that need load or a terminated server are checked by npm run grade -- --act.",
    "",
    "Options",
    "  --stack NAME    the settings of the course: Pulumi.NAME.yaml; default: lab, with --local: local",
    "  --local         the stack's account in the emulator on this machine",
    languageHelp,
    "  --json          one JSON object on standard output, everything else on standard error",
    "  --folder DIR    the folder of all files that runs create; default: .local",
    "  --help          this text",
    "",
    "Exit status: 0; 1 the account could not be asked; 2 misused.",
  ].join("\n");
}
