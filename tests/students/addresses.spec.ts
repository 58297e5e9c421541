import { expect } from "chai";
import fc from "fast-check";

import { parseCidrBlock } from "../../components/network/cidr";
import { allocateCidrBlocks, overlap } from "../../students/addresses";

const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{1,6}$/), { minLength: 1, maxLength: 60 });

function block(text: string) {
  return parseCidrBlock(text) ?? expect.fail(`not a block: ${text}`);
}

describe("the addresses of a class", () => {
  it("assigns ranges that do not overlap", () => {
    fc.assert(
      fc.property(ids, (students) => {
        const blocks = [...allocateCidrBlocks(students, new Map()).values()].map(block);
        return blocks.every((a, i) => blocks.every((b, j) => i === j || !overlap(a, b)));
      }),
    );
  });

  it("keeps each student's range when the roster changes", () => {
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const old = allocateCidrBlocks(before, new Map());
        const now = allocateCidrBlocks(after, old);
        return after.every((id) => !old.has(id) || now.get(id) === old.get(id));
      }),
    );
  });

  it("assigns no range that a student chose", () => {
    const blocks = allocateCidrBlocks(["kim", "lee"], new Map([["park", "10.0.0.0/16"]]));
    expect([...blocks]).to.deep.equal([
      ["kim", "10.1.0.0/20"],
      ["lee", "10.1.16.0/20"],
    ]);
  });

  it("refuses a class that is larger than 10.0.0.0/8", () => {
    expect(() => allocateCidrBlocks(["kim"], new Map([["all", "10.0.0.0/8"]]))).to.throw(RangeError);
  });
});
