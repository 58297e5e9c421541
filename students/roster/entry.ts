import { shown } from "../../components/settings/problem";

/** One student's line in the roster, unchecked. */
export interface RosterEntry {
  /** The number of its first line, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A mistake in a roster. */
export interface RosterProblem {
  /** Counted from 1. */
  readonly line: number;
  /** The wrong column or key; empty when the whole line is wrong. */
  readonly field: string;
  readonly value: unknown;
  /** The allowed values, and the fix if it is not obvious from them. */
  readonly allowed: string;
}

/** All mistakes of a roster at once, each with its line. */
export class InvalidRosterError extends Error {
  override readonly name = "InvalidRosterError";

  constructor(
    readonly file: string,
    readonly problems: readonly RosterProblem[],
  ) {
    const count = problems.length === 1 ? "1 mistake" : `${String(problems.length)} mistakes`;
    const lines = [...problems].sort((a, b) => a.line - b.line).map((problem) => describe(file, problem));
    super(`${file}: ${count}; nothing was changed.\n${lines.join("\n")}`);
  }
}

function describe(file: string, { line, field, value, allowed }: RosterProblem): string {
  const place = field === "" ? "" : ` ${field}:`;
  return `  ${file}:${String(line)}:${place} ${shown(value)} - allowed: ${allowed}`;
}
