import type { GoldenImageInputs } from "../inputs";

/** What has to be done about a golden image. */
export interface Difference {
  /** Whether anything has. */
  readonly changes: boolean;
  /** The inputs for which there has to be another image. */
  readonly replaces: readonly ("contentHash" | "region")[];
}

/**
 * Only other content, or another region, makes another image. What a bake merely uses, its builder's place, type
 * and time limit, and the base image that happens to be the newest, is for the next bake.
 */
export function differenceOf(old: GoldenImageInputs, wanted: GoldenImageInputs): Difference {
  const replaces = (["contentHash", "region"] as const).filter((name) => old[name] !== wanted[name]);
  const inPlace = old.profile !== wanted.profile || !sameTags(old.tags, wanted.tags);
  return { changes: replaces.length > 0 || inPlace, replaces };
}

function sameTags(some: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean {
  const keys = new Set([...Object.keys(some), ...Object.keys(others)]);
  return [...keys].every((key) => some[key] === others[key]);
}
