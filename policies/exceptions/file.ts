import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Pack } from "../support/pack";
import { today, type Day } from "./day";
import { noExceptions, type Exceptions } from "./exception";
import { parseExceptions } from "./parse";
import { matches } from "./pattern";
import { knownRules } from "./ruleNames";

/** The file with the repository's exceptions. */
export const defaultExceptionsFile = join(__dirname, "..", "exceptions.yaml");

/** The exceptions of a file, and all that is wrong with it. */
export interface ReadExceptions extends Exceptions {
  /** One sentence for each problem, with the file and the line. */
  readonly problems: readonly string[];
}

/** What a file of exceptions may name. */
export interface Names {
  readonly packs: readonly Pick<Pack, "name" | "rules">[];
  /** Whether these are all packs. Else the rules of other packs are left out. */
  readonly areAllPacks: boolean;
  /** The project's stacks; undefined to accept every name. */
  readonly stacks?: readonly string[];
}

/** Reads a file of exceptions. A missing file has none. */
export function readExceptions(
  file: string,
  { packs, areAllPacks, stacks }: Names,
  now: Day = today(),
): ReadExceptions {
  if (!existsSync(file)) return { ...noExceptions, problems: [] };
  const known = { rules: knownRules(packs), isComplete: areAllPacks, stacks, today: now };
  const { problems, ...exceptions } = parseExceptions(readFileSync(file, "utf8"), known);
  return { ...exceptions, problems: problems.map(({ line, text }) => `${file}:${String(line)}: ${text}`) };
}

/**
 * The exceptions of one stack, for every stack: those of the stack whose settings a class uses apply to all students'
 * stacks.
 */
export function forEveryStack({ entries, ...limits }: Exceptions, stackName: string): Exceptions {
  const own = entries.filter(({ stack }) => matches(stack, stackName));
  return { ...limits, entries: own.map((entry) => ({ ...entry, stack: "*" })) };
}
