import { expect } from "chai";
import { availableParallelism } from "node:os";

import { packs } from "../../../policies/packs";
import { openEngine, type Attempt, type Ending, type Engine } from "./engine";
import { guardrailsThresholds, refusedByGuardrails } from "./guardrails";
import { learnerLabThresholds, refusedByLearnerLab } from "./learnerLab";
import { refusedByProduction } from "./production";
import type { RefusedPrograms } from "./program";

const programs: Readonly<Record<string, RefusedPrograms>> = {
  guardrails: refusedByGuardrails,
  production: refusedByProduction,
  "learner-lab": refusedByLearnerLab,
};

const attempts: readonly Attempt[] = packs.flatMap(({ name: pack, rules }) =>
  rules.flatMap((rule) => {
    const refused = programs[pack]?.[rule.name];
    return refused === undefined
      ? []
      : [{ ...refused, pack, name: rule.name, withoutPreview: !("validateStack" in rule) }];
  }),
);

/** For every rule, with the real engine: a program that violates it creates nothing. */
describe("a program that violates a rule", () => {
  const endings = new Map<string, Ending>();
  let engine: Engine;

  before(async () => {
    engine = await openEngine({ guardrails: guardrailsThresholds, "learner-lab": learnerLabThresholds });
    const waiting = [...attempts];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        endings.set(next.name, await engine.attempt(next));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  });
  after(async () => {
    await engine.close();
  });

  for (const { name, rules } of packs) {
    it(`exists for every rule of ${name}`, () => {
      expect(Object.keys(programs[name] ?? {})).to.have.members(rules.map((rule) => rule.name));
    });
  }

  for (const { name, pack } of attempts) {
    it(`is refused only by ${pack}/${name}, and creates nothing`, () => {
      const ending = endings.get(name);
      expect(ending?.refusal).to.equal(`Policy refuses the stack: ${pack}/${name}. Nothing was changed.`);
      expect(ending?.made).to.deep.equal([]);
    });
  }
});
