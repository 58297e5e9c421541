import type { GoldenImageInputs } from "../inputs";

/** The difference between a golden image's old and new inputs. */
export interface Difference {
  /** Whether an update is necessary. */
  readonly changes: boolean;
  /** The inputs that require another image. */
  readonly replaces: readonly ("contentHash" | "region")[];
}

/**
 * Only other content or another region requires another image. Changes of the builder's place, instance type and time
 * limit, and a newer base image, take effect at the next bake.
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
