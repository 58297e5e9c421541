import { ExpectedError } from "./expectedError";

/** A wrong value of the user, with what they need to fix it. */
export interface Problem {
  /** Path of the setting or argument, e.g. `fleet.capacity.max`. */
  readonly path: string;
  /** The wrong value; `undefined` when it is missing. */
  readonly value: unknown;
  /** What is allowed, and what to do where that is not obvious. */
  readonly allowed: string;
  /** The line of the file, from 1; default: the settings come from no file, or it is not known. */
  readonly line?: number | undefined;
}

/** Lists all problems in one error, so that the user can fix them together. */
export class InvalidSettingsError extends ExpectedError {
  override readonly name = "InvalidSettingsError";

  /**
   * @param subject the owner of the settings, e.g. `Network "site-network"` or `Pulumi.dev.yaml`.
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

/** A longer value is cut, because its start is enough to find it. */
const longestShown = 160;

/** A value for a message. A private key that was set by mistake must not be written to logs. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  if (text.includes("PRIVATE KEY")) return "a private key, not shown here: remove it from the settings";
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
