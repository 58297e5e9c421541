import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { repository, repositoryFiles } from "../support/repositoryFiles";

/** Words of an old style; CONTRIBUTING.md lists what to write instead. */
const forbidden = /\b(mend|mends|mended|mending|anew|told|whoever|somebody)\b/i;

/** CONTRIBUTING.md quotes words that it forbids; this file has them as a pattern. */
const exempt = new Set(["CONTRIBUTING.md", "tests/docs/words.spec.ts"]);

/** Pictures, and what other programs write. */
const notOurText = /\.(png|ico|zip|gz)$|(^|\/)(package-lock\.json|go\.sum|LICENSE)$/;

function forbiddenIn(file: string): readonly string[] {
  const lines = readFileSync(path.join(repository, file), "utf8").split("\n");
  return lines.flatMap((line, index) =>
    forbidden.test(line) ? [`${file}:${String(index + 1)}: ${line.trim().slice(0, 100)}`] : [],
  );
}

describe("plain words", () => {
  const files = repositoryFiles().filter((file) => !exempt.has(file) && !notOurText.test(file));
  const kinds = {
    documents: /\.(md|ya?ml|svg)$/,
    "messages, comments and names of the sources": /\.(ts|cts|cjs|mjs|js|json)$/,
    "the emulator and the servers": /\.(py|sh|php)$/,
  };

  for (const [kind, extension] of Object.entries(kinds)) {
    it(`are used in ${kind}`, () => {
      const ofKind = files.filter((file) => extension.test(file));
      expect(ofKind.length).to.be.above(20);
      expect(ofKind.flatMap(forbiddenIn)).to.deep.equal([]);
    });
  }

  it("are used in all other files", () => {
    const others = files.filter((file) => !Object.values(kinds).some((kind) => kind.test(file)));
    expect(others.flatMap(forbiddenIn)).to.deep.equal([]);
  });
});
