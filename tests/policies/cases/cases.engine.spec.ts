import { expect } from "chai";

import { allCases, batches, unjudged } from "./batches";
import { runCases, type Refusals } from "./caseRun";

/** Each program with the real engine, against a provider that accepts everything. */
describe("small programs", () => {
  const refusals = new Map<string, Refusals>();
  before(async () => {
    for (const [name, { cases, packs }] of Object.entries(batches)) {
      refusals.set(name, await runCases(name, cases, packs));
    }
  });

  it("have unique names", () => {
    const names = allCases.map(([name]) => name);
    expect(names).to.have.members([...new Set(names)]);
  });

  for (const [batch, { cases, packs }] of Object.entries(batches)) {
    const names = new Set(packs.flatMap(({ rules }) => rules.map((rule) => rule.name)));
    const refusedBy = (name: string) => (refusals.get(batch)?.get(name) ?? []).map(({ rule }) => rule);
    for (const [name, { kind, rule = "" }] of Object.entries(cases)) {
      if (kind === "bad") {
        it(`${name} is refused by ${rule}`, () => {
          expect([...names], "rules").to.include(rule);
          expect(refusedBy(name)).to.include(rule);
        });
      } else {
        it(`${name} passes`, () => {
          const found = (refusals.get(batch)?.get(name) ?? []).filter((each) => !unjudged.has(each.rule));
          expect(found).to.deep.equal([]);
        });
      }
    }
  }
});
