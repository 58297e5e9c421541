/** A literal byte has the byte as its symbol. */
export const endOfBlock = 256;
const firstLength = 257;

/** A symbol of DEFLATE's alphabets and the bits that say which of its values is meant. */
export interface Coded {
  readonly symbol: number;
  readonly extraBits: number;
  readonly extra: number;
}

/** RFC 1951, 3.2.5: groups of codes, each with one more bit of its value written out than the group before. */
function table(most: number, first: number, groupOf: number): readonly Coded[] {
  const coded: Coded[] = [];
  for (let symbol = first, value = 0; value < most; symbol += 1) {
    const extraBits = Math.max(0, Math.floor((symbol - first) / groupOf) - 1);
    for (let extra = 0; extra < 1 << extraBits && value < most; extra += 1, value += 1) {
      coded.push({ symbol, extraBits, extra });
    }
  }
  return coded;
}

const lengthTable = table(255, firstLength, 4);
const distanceTable = table(32_768, 0, 2);

/** Of a match's length, 3 to 258. The longest has a symbol of its own. */
export function lengthCode(length: number): Coded {
  if (length === 258) return { symbol: 285, extraBits: 0, extra: 0 };
  return known(lengthTable[length - 3], length);
}

/** Of a match's distance, 1 to 32,768. */
export function distanceCode(distance: number): Coded {
  return known(distanceTable[distance - 1], distance);
}

function known(coded: Coded | undefined, value: number): Coded {
  if (coded === undefined) throw new Error(`DEFLATE has no symbol for ${String(value)}`);
  return coded;
}
