import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { currentReadme } from "../../tools/readme";
import { withSection } from "../../tools/section";
import { settingsTable } from "../../tools/settingsTable";

const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");

describe("the documents made from the code", () => {
  it("are current: README.md has every setting as the schemas have it (else: npm run docs)", async () => {
    expect(await currentReadme(readme)).to.equal(readme);
  });

  it("name each setting with its default, what is allowed, its meaning, and what its change does", () => {
    expect(settingsTable()).to.match(
      /\| `launcher\.memoryMiB` \| `256` \| a whole number of MiB from 128 to 3008 \| Memory of the function, in MiB\. \| in place \|/,
    );
  });
});

describe("a section of a document", () => {
  it("is replaced between its marks alone", () => {
    expect(withSection("a <!-- x -->old<!-- /x --> b", "x", "new")).to.equal(
      "a <!-- x -->\n\nnew\n\n<!-- /x --> b",
    );
  });

  it("must be there", () => {
    expect(() => withSection("a", "x", "new")).to.throw("no section <!-- x -->");
  });
});
