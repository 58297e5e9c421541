import type { BitWriter } from "./bitWriter";
import { codeLengths, codesOf } from "./huffman";
import { shortest, type Match } from "./matches";
import { distanceCode, endOfBlock, lengthCode } from "./symbols";

/** How often the codes and the way through the matches are fitted to each other; more change next to nothing. */
const rounds = 3;
/** In bits, for a symbol that the former round did not use. */
const unusedBits = 13;

/** A step through the text: a match, or one byte. */
type Step = Match | { readonly literal: number };

interface Codes {
  readonly literals: readonly number[];
  readonly distances: readonly number[];
}

/** A part of the text, with codes of its own. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Writes a block with the codes that suit it (RFC 1951, 3.2.7). */
export function writeBlock(
  out: BitWriter,
  bytes: Uint8Array,
  matches: readonly (readonly Match[])[],
  range: Range,
  isLast: boolean,
): void {
  let codes: Codes | undefined;
  let steps: readonly Step[] = [];
  for (let round = 0; round < rounds; round += 1) {
    steps = cheapestWay(bytes, matches, range, codes);
    codes = fittingCodes(steps);
  }
  if (codes === undefined) return;
  out.number(isLast ? 1 : 0, 1);
  out.number(2, 2);
  writeCodes(out, codes);
  writeSteps(out, steps, codes);
}

/** The steps that need the fewest bits, where symbols cost what they do in `codes`. */
function cheapestWay(
  bytes: Uint8Array,
  matches: readonly (readonly Match[])[],
  { from, to }: Range,
  codes: Codes | undefined,
): readonly Step[] {
  const literalBits = (symbol: number) =>
    codes === undefined ? (symbol < endOfBlock ? 8 : 7) : bitsOf(codes.literals, symbol);
  const distanceBits = (symbol: number) => (codes === undefined ? 5 : bitsOf(codes.distances, symbol));
  const costs = new Float64Array(to - from + 1).fill(Number.POSITIVE_INFINITY);
  const steps: (Step | undefined)[] = [];
  costs[0] = 0;
  const offer = (position: number, cost: number, step: Step) => {
    const index = position - from;
    if (cost >= (costs[index] ?? 0)) return;
    costs[index] = cost;
    steps[index] = step;
  };
  for (let position = from; position < to; position += 1) {
    const cost = costs[position - from] ?? 0;
    const literal = bytes[position] ?? 0;
    offer(position + 1, cost + literalBits(literal), { literal });
    let length = shortest;
    for (const match of matches[position] ?? []) {
      const { symbol, extraBits } = distanceCode(match.distance);
      const far = cost + distanceBits(symbol) + extraBits;
      for (; length <= match.length && position + length <= to; length += 1) {
        const coded = lengthCode(length);
        offer(position + length, far + literalBits(coded.symbol) + coded.extraBits, {
          length,
          distance: match.distance,
        });
      }
    }
  }
  return backwards(steps, to - from);
}

function backwards(steps: readonly (Step | undefined)[], end: number): readonly Step[] {
  const way: Step[] = [];
  for (let index = end; index > 0;) {
    const step = steps[index];
    if (step === undefined) throw new Error("a block has a place that no step leads to");
    way.push(step);
    index -= "literal" in step ? 1 : step.length;
  }
  return way.reverse();
}

function bitsOf(lengths: readonly number[], symbol: number): number {
  const bits = lengths[symbol] ?? 0;
  return bits === 0 ? unusedBits : bits;
}

function fittingCodes(steps: readonly Step[]): Codes {
  const literals = new Array<number>(286).fill(0);
  const distances = new Array<number>(30).fill(0);
  const count = (counts: number[], symbol: number) => {
    counts[symbol] = (counts[symbol] ?? 0) + 1;
  };
  count(literals, endOfBlock);
  for (const step of steps) {
    if ("literal" in step) {
      count(literals, step.literal);
    } else {
      count(literals, lengthCode(step.length).symbol);
      count(distances, distanceCode(step.distance).symbol);
    }
  }
  // One code at least: a decoder need not take an empty set.
  if (!distances.some((count) => count > 0)) distances[0] = 1;
  return { literals: codeLengths(literals, 15), distances: codeLengths(distances, 15) };
}

/** Order in which the lengths of the codes of lengths are written. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function writeCodes(out: BitWriter, codes: Codes): void {
  const literals = withoutTrailingZeros(codes.literals, 257);
  const distances = withoutTrailingZeros(codes.distances, 1);
  const runs = runsOf([...literals, ...distances]);
  const counts = new Array<number>(19).fill(0);
  for (const { symbol } of runs) counts[symbol] = (counts[symbol] ?? 0) + 1;
  const lengths = codeLengths(counts, 7);
  const ordered = withoutTrailingZeros(
    lengthOrder.map((symbol) => lengths[symbol] ?? 0),
    4,
  );
  out.number(literals.length - 257, 5);
  out.number(distances.length - 1, 5);
  out.number(ordered.length - 4, 4);
  for (const length of ordered) out.number(length, 3);
  const lengthCodes = codesOf(lengths);
  for (const { symbol, extraBits, extra } of runs) {
    out.code(lengthCodes[symbol] ?? 0, lengths[symbol] ?? 0);
    out.number(extra, extraBits);
  }
}

function withoutTrailingZeros(lengths: readonly number[], atLeast: number): readonly number[] {
  const last = lengths.findLastIndex((length) => length > 0);
  return lengths.slice(0, Math.max(atLeast, last + 1));
}

/** Equal lengths in a row in short: 16 repeats the last one 3 to 6 times, 17 and 18 are 3 to 138 zeros. */
function runsOf(lengths: readonly number[]) {
  const runs: { readonly symbol: number; readonly extraBits: number; readonly extra: number }[] = [];
  for (let index = 0; index < lengths.length;) {
    const length = lengths[index] ?? 0;
    let run = 1;
    while (lengths[index + run] === length) run += 1;
    if (length === 0 && run >= 3) {
      const taken = Math.min(run, 138);
      runs.push(
        taken < 11
          ? { symbol: 17, extraBits: 3, extra: taken - 3 }
          : { symbol: 18, extraBits: 7, extra: taken - 11 },
      );
      index += taken;
    } else if (index > 0 && run >= 3 && lengths[index - 1] === length) {
      const taken = Math.min(run, 6);
      runs.push({ symbol: 16, extraBits: 2, extra: taken - 3 });
      index += taken;
    } else {
      runs.push({ symbol: length, extraBits: 0, extra: 0 });
      index += 1;
    }
  }
  return runs;
}

function writeSteps(out: BitWriter, steps: readonly Step[], codes: Codes): void {
  const literalCodes = codesOf(codes.literals);
  const distanceCodes = codesOf(codes.distances);
  const literal = (symbol: number) => {
    out.code(literalCodes[symbol] ?? 0, codes.literals[symbol] ?? 0);
  };
  for (const step of steps) {
    if ("literal" in step) {
      literal(step.literal);
      continue;
    }
    const length = lengthCode(step.length);
    literal(length.symbol);
    out.number(length.extra, length.extraBits);
    const { symbol, extraBits, extra } = distanceCode(step.distance);
    out.code(distanceCodes[symbol] ?? 0, codes.distances[symbol] ?? 0);
    out.number(extra, extraBits);
  }
  literal(endOfBlock);
}
