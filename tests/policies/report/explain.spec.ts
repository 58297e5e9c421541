import { expect } from "chai";

import { packs } from "../../../policies/packs";
import { explainRule, explanation } from "../../../policies/report/explain";

const level = {
  selector: "severity",
  values: ["high"],
  level: "advisory",
  until: "2027-01-31",
  reason: "New",
} as const;
const exception = {
  rules: ["guardrails/imdsv2"],
  resource: "web",
  stack: "prod",
  reason: "An old image needs it",
  owner: "web team",
  until: "2027-02-28",
  line: 12,
};

describe("the explanation of a rule", () => {
  for (const pack of packs) {
    for (const rule of pack.rules) {
      it(`has all of ${pack.name}/${rule.name}`, () => {
        const facts = explanation(pack, rule, { level: undefined, exceptions: [] });
        const text = explainRule(facts);
        for (const part of [
          rule.name,
          rule.displayName,
          rule.description,
          rule.why,
          rule.url,
          rule.severity,
        ]) {
          expect(text).to.contain(part);
        }
        expect(text).to.contain(`Fix: ${rule.remediationSteps}`);
        for (const [name, setting] of Object.entries(rule.settings)) {
          expect(text).to.contain(`  ${name} = ${JSON.stringify(setting.default)}: `);
        }
        expect(text).to.contain("Level: mandatory.");
        expect(text).not.to.contain("Exceptions:");
      });
    }
  }

  it("has the level and the exceptions that apply now", () => {
    const [pack] = packs;
    const rule = pack?.rules.find(({ name }) => name === "imdsv2");
    if (pack === undefined || rule === undefined) throw new Error("no rule imdsv2");
    const text = explainRule(explanation(pack, rule, { level, exceptions: [exception] }));
    expect(text).to.contain("Level: advisory until 2027-01-31, then mandatory: New.");
    expect(text).to.contain("AWS Foundational Security Best Practices: ");
    expect(text).to.contain(
      "Exceptions:\n  line 12: web in prod until 2027-02-28, because An old image needs it",
    );
  });
});
