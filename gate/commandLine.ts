import { commonOptions, readOptions, type Option } from "../cli/options";
import type { Parsed } from "../cli/runCommand";
import type { Selection } from "../policies/selection";

/** The options of a run. */
export interface Invocation {
  /** The stacks to preview; empty for every stack of the repository. */
  readonly stacks: readonly string[];
  /** The rules to report. */
  readonly selection: Selection;
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
}

const { json, port, folder, help } = commonOptions;
export const options = {
  ...{ json, port, folder, help },
  stack: { type: "string", multiple: true },
  framework: { type: "string", multiple: true },
  severity: { type: "string", multiple: true },
  tag: { type: "string", multiple: true },
  sarif: { type: "string" },
  settings: { type: "string" },
  thresholds: { type: "string" },
} as const satisfies Readonly<Record<string, Option>>;

/** Parses the arguments after `npm run policy --`, and returns all problems at once. */
export function parseCommandLine(words: readonly string[]): Parsed<Invocation> {
  const { positionals, has, valueOf, valuesOf, ...read } = readOptions(words, options);
  if (has("help")) return { kind: "help" };
  const unexpected = positionals.map((word) => `unexpected: ${word}; name a stack with --stack ${word}`);
  const problems = [...read.problems, ...unexpected];
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
      json: has("json"),
      sarif: valueOf("sarif"),
      port: givenPort === undefined ? undefined : Number(givenPort),
      folder: valueOf("folder"),
      settings: valueOf("settings"),
      thresholds: valueOf("thresholds"),
    },
  };
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "Previews every stack with its policies, without an AWS account: npm run policy -- [options]",
    "",
    "  --stack NAME      preview only this stack; repeatable; default: every Pulumi.NAME.yaml",
    "  --framework NAME  report only the rules of a framework (cis) or of a control (cis:5.7); repeatable",
    "  --severity NAME   report only rules of this severity: low, medium, high or critical; repeatable",
    "  --tag NAME        report only rules with this tag, for example network-exposure; repeatable",
    "  --json            print one JSON object to standard output, everything else to standard error",
    "  --sarif FILE      write the results as SARIF 2.1.0 to this file, too",
    "  --port N          TCP port of the emulator on 127.0.0.1; 0 for any free port",
    "  --folder DIR      folder for everything that a run creates; default: .local",
    "  --settings DIR    folder with Pulumi.yaml and Pulumi.NAME.yaml; default: the working copy",
    "  --thresholds DIR  folder with <stack>.<pack>.json; default: policies/config",
    "  --help            print this text",
    "",
    "Exit status: 0 passed; 1 a mandatory rule is violated or a preview failed; 2 wrong options or thresholds.",
  ].join("\n");
}
