import { expect } from "chai";
import { gunzipSync, gzipSync } from "node:zlib";

import { serverFiles } from "../../../../components/wordpressFleet/server/files";
import { gzip } from "../../../../components/wordpressFleet/server/gzip/gzip";
import { codeLengths, codesOf } from "../../../../components/wordpressFleet/server/gzip/huffman";
import { unpackingScript } from "../../../../components/wordpressFleet/server/pack";

/** Numbers that look random and are the same each time. */
function* noise(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

function textOf(seed: number, length: number, letters: number): string {
  const numbers = noise(seed);
  return Array.from({ length }, () =>
    String.fromCodePoint(32 + ((numbers.next().value >>> 16) % letters)),
  ).join("");
}

describe("gzip", () => {
  const texts: Readonly<Record<string, string>> = {
    "one letter": "a",
    "one letter, many times": "a".repeat(33_000),
    "no letter twice": "abcdefgh",
    "a match of the greatest length and distance": `${"x".repeat(258)}${textOf(1, 32_510, 90)}${"x".repeat(258)}`,
    "a repetition outside of the window": `${textOf(2, 300, 90)}${textOf(3, 33_000, 90)}${textOf(2, 300, 90)}`,
    "letters of two to four bytes": "äöü €😀".repeat(50),
    ...Object.fromEntries(
      [2, 3, 5, 17, 90].map((letters) => [
        `noise of ${String(letters)} letters`,
        textOf(letters, 5_000, letters),
      ]),
    ),
    "a server's files": unpackingScript(serverFiles()),
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`can be decompressed by zlib's gunzip: ${what}`, () => {
      expect(gunzipSync(gzip(text)).toString() === text).to.be.true;
      const letters = Array.from(text);
      const half = letters.length >> 1;
      const parts = [letters.slice(0, half).join(""), "", letters.slice(half).join("")];
      expect(gunzipSync(gzip(...parts)).toString() === text).to.be.true;
    });
  }

  it("takes at least 2 % less than zlib's best for a server's files", () => {
    const text = unpackingScript(serverFiles());
    expect(gzip(text).length).to.be.below(0.98 * gzipSync(text, { level: 9, memLevel: 9 }).length);
  });

  it("gives the same bytes on every machine: no time and no system in the header", () => {
    expect([...gzip("x").subarray(4, 10)]).to.deep.equal([0, 0, 0, 0, 2, 255]);
  });
});

describe("the lengths of a prefix code", () => {
  const kraft = (lengths: readonly number[]) =>
    lengths.filter((length) => length > 0).reduce((sum, length) => sum + 2 ** -length, 0);

  it("fill the code, and do not exceed the limit", () => {
    const fibonacci = [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144];
    const free = codeLengths(fibonacci, 15);
    const limited = codeLengths(fibonacci, 7);
    expect(Math.max(...free)).to.equal(11);
    expect(Math.max(...limited)).to.equal(7);
    expect([kraft(free), kraft(limited)]).to.deep.equal([1, 1]);
  });

  it("are 0 for a symbol that does not occur, and 1 for a single symbol", () => {
    expect(codeLengths([0, 0], 15)).to.deep.equal([0, 0]);
    expect(codeLengths([0, 7, 0], 15)).to.deep.equal([0, 1, 0]);
  });

  it("give the codes of RFC 1951's example", () => {
    expect(
      codesOf([3, 3, 3, 3, 3, 2, 4, 4]).map((code, index) =>
        code.toString(2).padStart([3, 3, 3, 3, 3, 2, 4, 4][index] ?? 0, "0"),
      ),
    ).to.deep.equal(["010", "011", "100", "101", "110", "00", "1110", "1111"]);
  });
});
