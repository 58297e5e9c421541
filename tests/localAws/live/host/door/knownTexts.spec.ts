import { expect } from "chai";

import { KnownTexts } from "../../../../../localAws/live/host/door/knownTexts";
import { Rewriter } from "../../../../../localAws/live/host/door/rewriter";
import type { Rewriting } from "../../../../../localAws/live/host/door/rewriting";

const door: Rewriting = { names: ["a.example", "b.example"], origin: "http://127.0.0.1:8080" };

describe("known texts", () => {
  function rewrite(
    known: KnownTexts | undefined,
    rewriting: Rewriting,
    ...chunks: readonly string[]
  ): string {
    const rewriter = new Rewriter(rewriting, known);
    const parts = chunks.map((chunk) => rewriter.write(Buffer.from(chunk)));
    return Buffer.concat([...parts, rewriter.end()]).toString();
  }

  const filler = "x".repeat(500);
  const texts = [
    [`${filler}<a href="http://a.example/1">${filler}`, `<a href="http://b.example/2">`],
    [`${filler}<a href="http://b.example/1">${filler}`, `<a href="http://a.example/2">`],
    // An address in the part that the first chunk holds back.
    [`${filler}http://a.exa`, `mple/ and http://b.example:80/`],
    [`${filler}http://a.exa`, `m.example/ and http://b.example:80/`],
    [""],
    ["http://a.example"],
  ];

  it("change no result, however often a text comes", () => {
    const known = new KnownTexts();
    const other = { ...door, origin: "http://localhost:8080" };
    for (let round = 0; round < 3; round += 1) {
      for (const chunks of texts) {
        for (const rewriting of [door, other, { ...door, names: ["b.example"] }, { ...door, port: 81 }]) {
          expect(rewrite(known, rewriting, ...chunks)).to.equal(rewrite(undefined, rewriting, ...chunks));
        }
      }
    }
  });

  it("are found again, the newest 32 of them", () => {
    const known = new KnownTexts();
    const text = (length: number): Buffer => Buffer.alloc(length, "x");
    for (let length = 1; length <= 33; length += 1) {
      known.keep(text(length), door, { result: Buffer.from("new"), rests: [] });
    }
    expect(known.find(text(33), door)?.result.toString()).to.equal("new");
    expect(known.find(Buffer.alloc(33, "y"), door)).to.equal(undefined);
    expect(known.find(text(1), door)).to.equal(undefined);
    expect(known.find(text(2), door)).not.to.equal(undefined);
  });

  it("are short", () => {
    const known = new KnownTexts();
    const text = Buffer.alloc(65_537);
    known.keep(text, door, { result: text, rests: [] });
    expect(known.find(text, door)).to.equal(undefined);
  });
});
