import { commonOptions, type Option, readOptions } from "../cli/options";
import type { Parsed } from "../cli/runCommand";

/** The user's options. */
export interface Invocation {
  /** The stack, as the Pulumi CLI knows it. */
  readonly stack: string;
  /** The page's port on 127.0.0.1; undefined: 4560 or the next free one; 0: any free one. */
  readonly port: number | undefined;
  /** Lines instead of a page. */
  readonly text: boolean;
  /** This command prints no JSON. */
  readonly json: false;
}

export const options = {
  stack: { type: "string", short: "s", problemOf: stackProblem },
  port: commonOptions.port,
  text: { type: "boolean" },
  help: commonOptions.help,
} as const satisfies Readonly<Record<string, Option>>;

/** Reads the words after `npm run watch --`. Reports all their problems at once. */
export function parseCommandLine(given: readonly string[]): Parsed<Invocation> {
  const { positionals, has, valueOf, ...read } = readOptions(given, options);
  if (has("help")) return { kind: "help" };
  const problems = [...read.problems];
  if (positionals.length > 0) problems.push(`unexpected: ${positionals.join(" ")}`);
  const [stack, port] = [valueOf("stack"), valueOf("port")];
  if (stack === undefined && !has("stack"))
    problems.push("which stack? For example: npm run watch -- --stack dev");
  if (has("text") && port !== undefined) problems.push("--text shows lines: it has no --port");
  if (problems.length > 0 || stack === undefined) return { kind: "wrong", problems, json: false };
  const invocation = {
    stack,
    port: port === undefined ? undefined : Number(port),
    text: has("text"),
    json: false,
  } as const;
  return { kind: "run", invocation };
}

/** Pulumi's own form: `stack`, or `organization/stack` and `organization/project/stack` in Pulumi Cloud. */
function stackProblem(value: string): string | undefined {
  if (/^(?:[A-Za-z0-9_.-]{1,100}\/){0,2}[A-Za-z0-9_.-]{1,100}$/.test(value)) return undefined;
  return `--stack ${value} is not a stack name: letters, digits, "-", "_" and "." only`;
}

/** The text of `--help`. */
export function usage(): string {
  return [
    "A page that shows a stack in an AWS account while it works: npm run watch -- --stack NAME [options]",
    "",
    "It reads AWS's public API with your credentials, only with Describe, Get and List calls, and changes nothing.",
    "",
    "Options",
    "  --stack NAME    the stack, as in pulumi up --stack NAME",
    "  --port N        the page's port on 127.0.0.1; 4560 or the next free one by default, 0 for any free one",
    "  --text          lines in this terminal instead of a page",
    "  --help          this text",
    "",
    "Ctrl-C ends it. Exit status: 0; 1 failed; 2 misused.",
  ].join("\n");
}
