/** One of several parts of a roster, e.g. 2/5: the second of five. */
export interface Shard {
  /** From 1 to `of`. */
  readonly index: number;
  /** How many parts there are, from 1 to 99. */
  readonly of: number;
}

/** The shard in a text like `2/5`; undefined when it is none. */
export function parseShard(text: string): Shard | undefined {
  const found = /^([1-9]\d?)\/([1-9]\d?)$/.exec(text);
  if (found === null) return undefined;
  const [index, of] = [Number(found[1]), Number(found[2])];
  return index <= of ? { index, of } : undefined;
}

/** The same shard as text: `2/5`. */
export function shardText({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/**
 * A shard's students. Every student is in exactly one shard, and the sizes of two shards differ by at most one. The
 * order of the roster decides, so that all jobs with the same roster agree.
 */
export function inShard<T>(students: readonly T[], shard: Shard | undefined): readonly T[] {
  if (shard === undefined) return students;
  return students.filter((_, position) => position % shard.of === shard.index - 1);
}
