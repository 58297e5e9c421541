import { distance } from "fastest-levenshtein";

/** As many letters may differ in a misspelt name. */
const mostSlips = 2;

/** The known name that a misspelt one most probably means; `undefined` when none is near. Case and `_ -` do not count. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const slips = (each: string) => distance(plain(name), plain(each));
  const [best] = known.toSorted((one, other) => slips(one) - slips(other));
  if (best === undefined) return undefined;
  // In a short name, two other letters are another name.
  return slips(best) <= Math.min(mostSlips, Math.floor(plain(best).length / 3)) ? best : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}
