import { ExpectedError } from "./expectedError";

/** One thing that is wrong with what a user gave us, written so that they can mend it without asking. */
export interface Problem {
  /** Where it is: the setting's or argument's path, e.g. `fleet.capacity.max`. */
  readonly path: string;
  /** What was given there; `undefined` when it is missing. */
  readonly value: unknown;
  /** What is allowed there, and what to do when that is not plain from it. */
  readonly allowed: string;
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
    super(`${subject}: ${count} wrong; nothing was changed.\n${problems.map(describe).join("\n")}`);
  }
}

function describe({ path, value, allowed }: Problem): string {
  return `  ${path}: ${shown(value)} - allowed: ${allowed}`;
}

/** A value for a message; a private key, given by mistake, must not end up in logs. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.includes("PRIVATE KEY") ? "a private key, not shown here: remove it from the settings" : text;
}
