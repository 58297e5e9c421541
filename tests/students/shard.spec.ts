import { expect } from "chai";
import fc from "fast-check";

import { inShard, parseShard, shardText } from "../../students/roster/shard";

describe("the shards of a roster", () => {
  it("have every student exactly once, and equal sizes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 99 }), (count, of) => {
        const students = Array.from({ length: count }, (_, index) => index);
        const shards = Array.from({ length: of }, (_, index) => inShard(students, { index: index + 1, of }));
        expect([...shards.flat()].sort((a, b) => a - b)).to.deep.equal(students);
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
      }),
    );
  });

  it("are written as they are read", () => {
    expect(parseShard("12/30")).to.deep.equal({ index: 12, of: 30 });
    expect(shardText({ index: 12, of: 30 })).to.equal("12/30");
  });
});
