import { expect } from "chai";

import { batches, unjudged } from "./batches";
import { runCases, type Refusals } from "./caseRun";

/**
 * Each program of a batch with the real engine, against a provider that accepts everything. Hundreds of programs in one
 * process spend a third of its time on garbage, so a large batch is in several spec files.
 *
 * @param part which part of the programs, from 1. Default: all
 */
export function judgeWithEngine(batch: keyof typeof batches, part = 1, parts = 1): void {
  describe(`small programs of ${batch} with the engine, part ${part} of ${parts}`, () => {
    const { cases: all, packs } = batches[batch];
    const cases = Object.fromEntries(Object.entries(all).filter((_, index) => index % parts === part - 1));
    const rules = new Set(packs.flatMap((pack) => pack.rules.map((rule) => rule.name)));
    let refusals: Refusals = new Map();
    before(async () => {
      refusals = await runCases(batch, cases, packs);
    });

    for (const [name, { kind, rule = "" }] of Object.entries(cases)) {
      if (kind === "bad") {
        it(`${name} is refused by ${rule}`, () => {
          expect([...rules], "rules").to.include(rule);
          expect((refusals.get(name) ?? []).map((each) => each.rule)).to.include(rule);
        });
      } else {
        it(`${name} passes`, () => {
          expect((refusals.get(name) ?? []).filter((each) => !unjudged.has(each.rule))).to.deep.equal([]);
        });
      }
    }
  });
}
