import { commonOptions, readOptions, type Option } from "../cli/options";
import type { Parsed } from "../cli/runCommand";
import type { Selection } from "../policies/selection";

/** The options of a run. */
export interface Invocation {
  /** The stacks to preview; empty for every stack of the repository. */
  readonly stacks: readonly string[];
  /** The rules to report. */
  readonly selection: Selection;
  /** What to judge; undefined for a preview of the program. */
  readonly running: Running | undefined;
  /** The revision of Git whose settings the price is compared with; undefined for the last commit. */
  readonly compare: string | undefined;
  /** Whether to print one JSON object instead of the table. */
  readonly json: boolean;
  /** The file for the results as SARIF. */
  readonly sarif: string | undefined;
  /** TCP port of the emulator; undefined for the port of a running emulator, else the default. */
  readonly port: number | undefined;
  /** The folder for everything that a run creates; undefined for `.local` in the working copy. */
  readonly folder: string | undefined;
  /** The folder with Pulumi.yaml and the stacks' files; undefined for the working copy. */
  readonly settings: string | undefined;
  /** The folder with the stacks' thresholds; undefined for `policies/config`. */
  readonly thresholds: string | undefined;
  /** The file with the exceptions; undefined for `policies/exceptions.yaml`. */
  readonly exceptions: string | undefined;
  /** The file of a baseline to compare with; undefined to compare with none. */
  readonly baseline: string | undefined;
  /** The file to write the violations to as a baseline. */
  readonly writeBaseline: string | undefined;
  /** The rule to explain instead of a run. */
  readonly explain: string | undefined;
  /** The file with the levels; undefined for `policies/levels.yaml`. */
  readonly levels: string | undefined;
}

/** Which running stacks to judge. */
export interface Running {
  /** Where their states are: in the Pulumi CLI's backend, those of `npm run local`, or in files. */
  readonly from: "backend" | "local" | { readonly files: readonly string[] };
  /** Whether to judge what the account has now, not the state. */
  readonly live: boolean;
}

const { json, port, folder, help } = commonOptions;
export const options = {
  ...{ json, port, folder, help },
  stack: { type: "string", multiple: true },
  framework: { type: "string", multiple: true },
  severity: { type: "string", multiple: true },
  tag: { type: "string", multiple: true },
  state: { type: "boolean" },
  live: { type: "boolean" },
  local: { type: "boolean" },
  exported: { type: "string", multiple: true },
  compare: { type: "string" },
  sarif: { type: "string" },
  settings: { type: "string" },
  thresholds: { type: "string" },
  exceptions: { type: "string" },
  levels: { type: "string" },
  baseline: { type: "string" },
  "write-baseline": { type: "string" },
  explain: { type: "string" },
} as const satisfies Readonly<Record<string, Option>>;

/** Parses the arguments after `npm run policy --`, and returns all problems at once. */
export function parseCommandLine(words: readonly string[]): Parsed<Invocation> {
  const { positionals, has, valueOf, valuesOf, ...read } = readOptions(words, options);
  if (has("help")) return { kind: "help" };
  const unexpected = positionals.map((word) => `unexpected: ${word}; name a stack with --stack ${word}`);
  const { running, problems: contradictions } = runningIn(
    { state: has("state"), live: has("live"), local: has("local") },
    valuesOf("exported"),
  );
  const problems = [...read.problems, ...unexpected, ...contradictions];
  if (problems.length > 0) return { kind: "wrong", problems, json: has("json") };
  const givenPort = valueOf("port");
  return {
    kind: "run",
    invocation: {
      stacks: [...new Set(valuesOf("stack"))],
      selection: {
        frameworks: valuesOf("framework"),
        severities: valuesOf("severity"),
        tags: valuesOf("tag"),
      },
      running,
      compare: valueOf("compare"),
      json: has("json"),
      sarif: valueOf("sarif"),
      port: givenPort === undefined ? undefined : Number(givenPort),
      folder: valueOf("folder"),
      settings: valueOf("settings"),
      thresholds: valueOf("thresholds"),
      exceptions: valueOf("exceptions"),
      levels: valueOf("levels"),
      baseline: valueOf("baseline"),
      writeBaseline: valueOf("write-baseline"),
      explain: valueOf("explain"),
    },
  };
}

function runningIn(
  { state, live, local }: Readonly<Record<"state" | "live" | "local", boolean>>,
  files: readonly string[],
): { readonly running: Running | undefined; readonly problems: readonly string[] } {
  const isExported = files.length > 0;
  const problems = [
    ...(local && !state && !live
      ? ["--local needs --state or --live: a preview always uses the emulator"]
      : []),
    ...(live && isExported ? ["--live and --exported: a file has no account to read; use --live alone"] : []),
    ...(local && isExported ? ["--local and --exported: use one of them"] : []),
  ];
  if (!state && !live && !isExported) return { running: undefined, problems };
  const from = isExported ? { files } : local ? "local" : "backend";
  return { running: { from, live }, problems };
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "Judges every stack by its policies: npm run policy -- [options]",
    "Without --state, --live and --exported it previews the program, without an AWS account.",
    "",
    "  --stack NAME      judge only this stack; repeatable; default: every Pulumi.NAME.yaml, or every state",
    "  --state           judge what is deployed: the stacks' states in the backend of the Pulumi CLI",
    "  --live            judge what the account has now; reads every resource and changes nothing; marks drift",
    "  --local           with --state or --live: the stacks of npm run local",
    "  --exported FILE   judge the state that pulumi stack export wrote to this file; repeatable",
    "  --framework NAME  report only the rules of a framework (cis) or of a control (cis:5.7); repeatable",
    "  --severity NAME   report only rules of this severity: low, medium, high or critical; repeatable",
    "  --tag NAME        report only rules with this tag, for example network-exposure; repeatable",
    "  --compare REF     compare prices with the settings of this revision of Git; default: HEAD, or what is deployed",
    "  --json            print one JSON object to standard output, everything else to standard error",
    "  --sarif FILE      write the results as SARIF 2.1.0 to this file, too",
    "  --port N          TCP port of the emulator on 127.0.0.1; 0 for any free port",
    "  --folder DIR      folder for everything that a run creates; default: .local",
    "  --settings DIR    folder with Pulumi.yaml and Pulumi.NAME.yaml; default: the working copy",
    "  --thresholds DIR  folder with <stack>.<pack>.json; default: policies/config",
    "  --exceptions FILE file with accepted violations; default: policies/exceptions.yaml",
    "  --levels FILE     file with the levels of rules; default: policies/levels.yaml",
    "  --baseline FILE   fail only for violations that this file does not have",
    "  --write-baseline FILE",
    "                    write the violations of this run to this file, and accept them",
    "  --explain RULE    print what a rule asks for, why, its level and its exceptions, and judge nothing",
    "  --help            print this text",
    "",
    "Exit status: 0 passed; 1 a mandatory rule is violated, a preview failed, or an exception has ended or covers nothing;",
    "2 wrong options, thresholds or exceptions.",
  ].join("\n");
}
