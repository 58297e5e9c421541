import { commonOptions, readWords, type Option } from "../cli/options";

/** What the user asked for. */
export interface Invocation {
  /** These stacks alone; empty for every stack of the repository. */
  readonly stacks: readonly string[];
  /** One JSON object on standard output in the place of the table. */
  readonly json: boolean;
  /** Where the results are written as SARIF, besides. */
  readonly sarif: string | undefined;
  /** TCP port for the emulator; undefined takes the usual one, or where it runs already. */
  readonly port: number | undefined;
  /** Where everything that runs make is kept; undefined is `.local` in the working copy. */
  readonly folder: string | undefined;
  /** Where Pulumi.yaml and the stacks' settings are read; undefined is the working copy. */
  readonly settings: string | undefined;
  /** Where the stacks' own thresholds are read; undefined is `policies/config`. */
  readonly thresholds: string | undefined;
}

/** What the words on the command line amount to. */
export type Parsed =
  | { readonly kind: "run"; readonly invocation: Invocation }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problems: readonly string[]; readonly json: boolean };

const { json, port, folder, help } = commonOptions;
const options = {
  ...{ json, port, folder, help },
  stack: { type: "string", multiple: true },
  sarif: { type: "string" },
  settings: { type: "string" },
  thresholds: { type: "string" },
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run policy --`. All that is wrong with them is told at once. */
export function parseCommandLine(words: readonly string[]): Parsed {
  const { positionals, has, valueOf, valuesOf, ...read } = readWords(words, options);
  if (has("help")) return { kind: "help" };
  const unexpected = positionals.map((word) => `unexpected: ${word}; a stack is named by --stack ${word}`);
  const problems = [...read.problems, ...unexpected];
  if (problems.length > 0) return { kind: "wrong", problems, json: has("json") };
  const givenPort = valueOf("port");
  return {
    kind: "run",
    invocation: {
      stacks: [...new Set(valuesOf("stack"))],
      json: has("json"),
      sarif: valueOf("sarif"),
      port: givenPort === undefined ? undefined : Number(givenPort),
      folder: valueOf("folder"),
      settings: valueOf("settings"),
      thresholds: valueOf("thresholds"),
    },
  };
}

/** What `--help` shows. */
export function usage(): string {
  return [
    "Every stack under its policies, with no AWS account: npm run policy -- [options]",
    "",
    "  --stack NAME      this stack alone; may be given again; every Pulumi.NAME.yaml by default",
    "  --json            one JSON object on standard output, everything else on standard error",
    "  --sarif FILE      the results as SARIF 2.1.0, too",
    "  --port N          where the emulator listens on 127.0.0.1; 0 for any free port",
    "  --folder DIR      where everything that a run makes is kept; .local by default",
    "  --settings DIR    where Pulumi.yaml and Pulumi.NAME.yaml are read; the working copy by default",
    "  --thresholds DIR  where <stack>.<pack>.json are read; policies/config by default",
    "  --help            this text",
    "",
    "Exit status: 0; 1 a mandatory rule is broken or a preview failed; 2 misused, or thresholds are wrong.",
  ].join("\n");
}
