import { distance } from "fastest-levenshtein";

/** The end of a message about an unknown name: the nearest known name, or all of them when none is near. */
export function suggestion(name: string, known: readonly string[], what: string): string {
  const distanceTo = (each: string) => distance(name.toLowerCase(), each.toLowerCase());
  const [nearest = ""] = known.toSorted((one, other) => distanceTo(one) - distanceTo(other));
  // A third of the letters may be wrong.
  const isNear = distanceTo(nearest) <= Math.max(name.length, nearest.length) / 3;
  return isNear ? `did you mean ${nearest}?` : `${what}: ${known.join(", ")}`;
}
