import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { Blocks } from "../../../../../localAws/live/host/door/blocks";

describe("the blocks of a text", () => {
  function collect() {
    const written: Buffer[] = [];
    const blocks = new Blocks((block) => {
      written.push(block);
      return written.length < 2;
    });
    return { blocks, written, sizes: () => written.map(({ length }) => length) };
  }

  it("are the same, however the text arrives", () => {
    const text = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
    for (const size of [1_000, 1_448, 65_536, 200_000]) {
      const { blocks, written, sizes } = collect();
      for (let at = 0; at < text.length; at += size) blocks.add(text.subarray(at, at + size));
      blocks.flush();
      expect(sizes()).to.deep.equal([65_536, 65_536, 65_536, 3_392]);
      expect(Buffer.concat(written).equals(text)).to.equal(true);
    }
  });

  it("report whether their receiver takes more", () => {
    const { blocks } = collect();
    const block = Buffer.alloc(65_536);
    expect([blocks.add(Buffer.from("a")), blocks.add(block), blocks.add(block)]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("do not wait for the rest of a slow text", async () => {
    const { blocks, written } = collect();
    blocks.add(Buffer.from("first"));
    expect(written).to.deep.equal([]);
    await sleep(100);
    expect(written.map(String)).to.deep.equal(["first"]);
    blocks.add(Buffer.from("second"));
    await sleep(100);
    expect(written.map(String)).to.deep.equal(["first", "second"]);
  });

  it("are not written after the receiver's end", async () => {
    const { blocks, written } = collect();
    blocks.add(Buffer.from("first"));
    blocks.discard();
    await sleep(100);
    blocks.flush();
    expect(written).to.deep.equal([]);
  });
});
