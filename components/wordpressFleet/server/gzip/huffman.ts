interface Package {
  readonly weight: number;
  readonly symbols: readonly number[];
}

/**
 * The lengths of the best prefix code for symbols that occur so often, none longer than `limit` bits; 0 for a symbol
 * that does not occur. Package-merge: the cheapest 2n - 2 packages name each symbol as often as its code has bits.
 */
export function codeLengths(counts: readonly number[], limit: number): number[] {
  const lengths = counts.map(() => 0);
  const leaves: Package[] = counts
    .map((weight, symbol) => ({ weight, symbols: [symbol] }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => one.weight - other.weight);
  const [first] = leaves;
  if (first === undefined) return lengths;
  if (leaves.length === 1) {
    for (const symbol of first.symbols) lengths[symbol] = 1;
    return lengths;
  }
  let packages: readonly Package[] = leaves;
  for (let bits = 1; bits < limit; bits += 1) {
    // Sorting is stable, so equal weights never depend on the engine.
    packages = [...leaves, ...pairs(packages)].sort((one, other) => one.weight - other.weight);
  }
  for (const { symbols } of packages.slice(0, 2 * leaves.length - 2)) {
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
  }
  return lengths;
}

function pairs(packages: readonly Package[]): readonly Package[] {
  const made: Package[] = [];
  for (let index = 0; index + 1 < packages.length; index += 2) {
    const [one, other] = packages.slice(index, index + 2);
    if (one === undefined || other === undefined) break;
    made.push({ weight: one.weight + other.weight, symbols: [...one.symbols, ...other.symbols] });
  }
  return made;
}

/** The canonical codes of these lengths (RFC 1951, 3.2.2). */
export function codesOf(lengths: readonly number[]): number[] {
  const codes = lengths.map(() => 0);
  let code = 0;
  for (let bits = 1; bits <= 15; bits += 1) {
    lengths.forEach((length, symbol) => {
      if (length !== bits) return;
      codes[symbol] = code;
      code += 1;
    });
    code <<= 1;
  }
  return codes;
}
