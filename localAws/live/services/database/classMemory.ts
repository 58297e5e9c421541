const gib = 1024 ** 3;

/** GiB of `large`, by the first letter of the family; smaller sizes are halves and quarters of it. */
const largeGiB: Readonly<Record<string, number>> = { t: 8, m: 8, c: 4, r: 16, x: 32, z: 16 };
const sizes: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
};

/** Memory of an RDS instance class in bytes, e.g. of `db.t4g.micro`. */
export function classMemory(instanceClass: string): number {
  const match = /^db\.([a-z])[^.]*\.(?:(\d*)x)?(\w+)$/.exec(instanceClass);
  const [, family = "", times, size = ""] = match ?? [];
  const large = largeGiB[family] ?? largeGiB["m"];
  const factor = times === undefined ? sizes[size] : 2 * Number(times === "" ? 1 : times);
  if (match === null || large === undefined || factor === undefined) {
    throw new Error(
      `The RDS instance class "${instanceClass}" is unknown. Allowed: db.FAMILY.SIZE, e.g. db.t4g.micro or db.m7g.2xlarge.`,
    );
  }
  return large * factor * gib;
}

/**
 * RDS's `DBInstanceClassMemory`: the memory without the part that RDS itself uses. RDS documents no figure for that
 * part. These come from the values of `max_connections` that users report for instances of each size.
 */
const reserved: readonly (readonly [gib: number, bytes: number])[] = [
  [1, 318e6],
  [2, 260e6],
  [4, 358e6],
  [8, 431e6],
  [16, 552e6],
];

export function availableMemory(instanceClass: string): number {
  const memory = classMemory(instanceClass);
  const [, bytes] = reserved.find(([size]) => memory <= size * gib) ?? [0, 0.035 * memory];
  return Math.max(memory - bytes, memory / 2);
}
