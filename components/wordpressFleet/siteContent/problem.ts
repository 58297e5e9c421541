import { ExpectedError } from "../../settings/expectedError";
import { shown } from "../../settings/problem";

/** A mistake in the folder `site/`. */
export interface ContentProblem {
  /** The file, from the folder `site/`; empty for the folder itself. */
  readonly path: string;
  /** The line, from 1; default: the whole file. */
  readonly line?: number | undefined;
  /** What is wrong: the value, or the file's property. */
  readonly value: unknown;
  /** What is allowed, and what to do where that is not obvious. */
  readonly allowed: string;
}

/** Lists all mistakes in the folder `site/`. */
export class InvalidContentError extends ExpectedError {
  override readonly name = "InvalidContentError";

  /** @param problems at least one */
  constructor(readonly problems: readonly ContentProblem[]) {
    const count = problems.length === 1 ? "1 mistake" : `${String(problems.length)} mistakes`;
    super(`site/ has ${count}; nothing was changed.\n${problems.map(describe).join("\n")}`);
  }
}

function describe({ path, line, value, allowed }: ContentProblem): string {
  return `  site/${path}${line === undefined ? "" : `:${String(line)}`}: ${shown(value)} - allowed: ${allowed}`;
}
