import { commonOptions, type Option, readOptions } from "../../cli/options";
import type { Parsed } from "../../cli/runCommand";
import { languageHelp, languageOption } from "../language/language";

/** The options of `npm run grade`. */
export interface OwnInvocation {
  /** The stack with the settings of the course; in the emulator also the one with the account. */
  readonly stack: string;
  readonly local: boolean;
  readonly act: boolean;
  readonly json: boolean;
  readonly csv: string | undefined;
  readonly lang: string | undefined;
  readonly yes: boolean;
  /** The folder of all files that runs create; undefined: `.local` in the working copy. */
  readonly folder: string | undefined;
}

export const options = {
  stack: { type: "string", short: "s", problemOf: stackProblem },
  local: { type: "boolean" },
  act: { type: "boolean" },
  csv: { type: "string" },
  lang: languageOption,
  json: commonOptions.json,
  yes: commonOptions.yes,
  folder: commonOptions.folder,
  help: commonOptions.help,
} as const satisfies Readonly<Record<string, Option>>;

/** The given stack; else that of a lab account, or that of `npm run local`. */
export function stackOf(given: string | undefined, local: boolean): string {
  return given ?? (local ? "local" : "lab");
}

/** Reads the words after `npm run grade --`. Reports all their problems at once. */
export function parseCommandLine(given: readonly string[]): Parsed<OwnInvocation> {
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
      act: has("act"),
      json: has("json"),
      csv: valueOf("csv"),
      lang: valueOf("lang"),
      yes: has("yes"),
      folder: valueOf("folder"),
    },
  };
}

function stackProblem(value: string): string | undefined {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(value)) return undefined;
  return `--stack ${value} is not a stack name: letters, digits, "-", "_" and "." only`;
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "Checks your own account by the exercises of the course: npm run grade -- [options]",
    "",
    "It reads AWS's public API with your credentials. Without --act it changes nothing.",
    "",
    "Options",
    "  --stack NAME    the settings of the course: Pulumi.NAME.yaml; default: lab, with --local: local",
    "  --local         the stack's account in the emulator on this machine",
    "  --act           also check what needs load, a terminated server or a restart; asks first",
    "  --csv FILE      write the points for a gradebook",
    languageHelp,
    "  --json          one JSON object on standard output, everything else on standard error",
    "  --yes           act without a question",
    "  --folder DIR    the folder of all files that runs create; default: .local",
    "  --help          this text",
    "",
    "Exit status: 0; 1 the account could not be asked; 2 misused.",
  ].join("\n");
}
