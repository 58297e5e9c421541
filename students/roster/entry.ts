import { counted } from "../../cli/counted";
import { shown } from "../../components/settings/problem";
import { placeOf, type Places } from "./place";

/** One student's line in the roster, unchecked. */
export interface RosterEntry {
  /** The number of its first line, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly places: Places;
}

/** A roster's entries, and the mistakes that hide others. */
export interface RosterEntries {
  readonly entries: readonly RosterEntry[];
  readonly problems: readonly RosterProblem[];
}

/** A mistake in a roster. */
export interface RosterProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1; missing when the line has no such value. */
  readonly column?: number;
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
    const count = counted(problems.length, "mistake");
    const lines = [...problems].sort(byPlace).map((problem) => describe(file, problem));
    super(`${file}: ${count}; nothing was changed.\n${lines.join("\n")}`);
  }
}

/** A problem at a value of the entry, or at its first line when the entry does not have the value. */
export function problemAt(
  { line, places }: Pick<RosterEntry, "line" | "places">,
  problem: Pick<RosterProblem, "field" | "value" | "allowed">,
): RosterProblem {
  return { line, ...placeOf(places, problem.field), ...problem };
}

function byPlace(a: RosterProblem, b: RosterProblem): number {
  return a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}

function describe(file: string, { line, column, field, value, allowed }: RosterProblem): string {
  const place = [file, line, ...(column === undefined ? [] : [column])].join(":");
  return `  ${place}:${field === "" ? "" : ` ${field}:`} ${shown(value)} - allowed: ${allowed}`;
}
