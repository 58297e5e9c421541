export const shortest = 3;
export const longest = 258;
const window = 32_768;
/** Earlier places that are tried for a match; more find next to nothing. */
const tries = 128;

/** Bytes that have been there before: so many, so far back. */
export interface Match {
  readonly length: number;
  readonly distance: number;
}

/** For each position the matches worth having: each is longer than the one before, and farther back. */
export function findMatches(bytes: Uint8Array): readonly (readonly Match[])[] {
  const latest = new Map<number, number>();
  const earlier = new Int32Array(bytes.length).fill(-1);
  return Array.from(bytes, (_, position) => {
    if (position + shortest > bytes.length) return [];
    const key =
      (byteAt(bytes, position) << 16) | (byteAt(bytes, position + 1) << 8) | byteAt(bytes, position + 2);
    const candidate = latest.get(key) ?? -1;
    earlier[position] = candidate;
    latest.set(key, position);
    return matchesFrom(bytes, position, candidate, earlier);
  });
}

function matchesFrom(
  bytes: Uint8Array,
  position: number,
  from: number,
  earlier: Int32Array,
): readonly Match[] {
  const most = Math.min(longest, bytes.length - position);
  const found: Match[] = [];
  let best = shortest - 1;
  let candidate = from;
  for (let left = tries; candidate >= 0 && position - candidate <= window && left > 0; left -= 1) {
    if (best < most && bytes[candidate + best] === bytes[position + best]) {
      const length = commonLength(bytes, candidate, position, most);
      if (length > best) {
        best = length;
        found.push({ length, distance: position - candidate });
      }
    }
    if (best === most) break;
    candidate = earlier[candidate] ?? -1;
  }
  return found;
}

function commonLength(bytes: Uint8Array, one: number, other: number, most: number): number {
  let length = 0;
  while (length < most && bytes[one + length] === bytes[other + length]) length += 1;
  return length;
}

const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;
