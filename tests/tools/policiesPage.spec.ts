import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { omittedControls } from "../../policies/omitted/all";
import { packs } from "../../policies/packs";
import { currentPoliciesPage } from "../../tools/policiesPage";

const page = readFileSync(join(__dirname, "..", "..", "docs", "policies.md"), "utf8");

describe("docs/policies.md", () => {
  it("is current (else: npm run docs)", async () => {
    expect(await currentPoliciesPage()).to.equal(page);
  });

  it("omits no control that a rule covers", () => {
    const ours = packs.flatMap(({ rules }) =>
      rules.flatMap(({ counterparts }) => Object.values(counterparts).flat().map(String)),
    );
    expect(omittedControls.flatMap(({ ids }) => ids).filter((id) => ours.includes(id))).to.deep.equal([]);
  });
});
