import { ExpectedError } from "./expectedError";

/** One thing that is wrong with what a user gave us, written so that they can mend it without asking. */
export interface Problem {
  /** Where it is: the setting's or argument's path, e.g. `fleet.capacity.max`. */
  readonly path: string;
  /** What was given there; `undefined` when it is missing. */
  readonly value: unknown;
  /** What is allowed there, and what to do when that is not plain from it. */
  readonly allowed: string;
  /** The line of the file, from 1; default: the settings come from no file, or it is not known. */
  readonly line?: number | undefined;
}

/** All problems at once: nobody should have to run a program five times to learn of five mistakes. */
export class InvalidSettingsError extends ExpectedError {
  override readonly name = "InvalidSettingsError";

  /**
   * @param subject whose settings they are, e.g. `Network "site-network"` or `stack "dev"`.
   * @param problems at least one.
   */
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "1 setting is" : `${String(problems.length)} settings are`;
    super(`${subject}: ${count} wrong; nothing was changed.\n${described(subject, problems)}`);
  }
}

function described(subject: string, problems: readonly Problem[]): string {
  const inOrder = problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return inOrder.map((problem) => `  ${describe(subject, problem)}`).join("\n");
}

function describe(subject: string, { path, value, allowed, line }: Problem): string {
  const place = line === undefined ? "" : `${subject}:${String(line)}: `;
  const setting = path === "" ? "" : `${path}: `;
  return `${place}${setting}${shown(value)} - allowed: ${allowed}`;
}

/** A longer value is cut: its start is enough to find it. */
const longestShown = 160;

/** A value for a message; a private key, given by mistake, must not end up in logs. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  if (text.includes("PRIVATE KEY")) return "a private key, not shown here: remove it from the settings";
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
