import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { stackSettings } from "../../config";
import { groupFacts } from "../../tools/settings/facts";
import { currentSettingsPage, pageWidth } from "../../tools/settings/page";
import { wrap } from "../../tools/settings/wrap";

const page = readFileSync(join(__dirname, "..", "..", "docs", "settings.md"), "utf8");

describe("docs/settings.md", () => {
  it("is current (else: npm run docs)", async () => {
    expect(await currentSettingsPage()).to.equal(page);
  });

  it("has no line that an editor of 100 columns breaks", () => {
    expect(page.split("\n").filter(({ length }) => length > pageWidth)).to.deep.equal([]);
  });

  it("has a section for every setting", () => {
    const paths = Object.entries(stackSettings.shape).flatMap(([group, schema]) =>
      groupFacts(group, schema).map(({ path }) => path),
    );
    const headings = [...page.matchAll(/^##+ `(.+)`$/gm)].map(([, path]) => path);
    expect(headings).to.deep.equal(paths);
  });

  it("states meaning, unit, default, range, the effect of a change and the stacks' values", () => {
    expect(page).to.contain(
      [
        "### `fleet.rootVolumeGiB`",
        "",
        "Size of a server's encrypted root volume.",
        "",
        "- **Unit**: GiB",
        "- **Default**: `8`",
        "- **Range**: a whole number of GiB from 8 to 1000",
        "- **Change**: all servers are replaced one by one",
        "- **Stacks**: prod `20`",
      ].join("\n"),
    );
  });
});

describe("a wrapped paragraph", () => {
  it("breaks lines at the width, with the indent counted", () => {
    expect(wrap("aa bb cc dd", 5)).to.equal("aa bb\ncc dd");
    expect(wrap("aa bb cc dd", 5, "  ")).to.equal("aa bb\n  cc\n  dd");
  });

  it("keeps a code span in one line", () => {
    expect(wrap("see `a b c` now", 6)).to.equal("see\n`a b c`\nnow");
  });
});
