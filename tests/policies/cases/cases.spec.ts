import { expect } from "chai";

import type { StackResource } from "../../../policies/support/stack";
import { judge, judgeStack } from "../support/judge";
import { batches, unjudged } from "./batches";
import { findingText, recordedFindings, recordFindings, recording, type Findings } from "./findings";
import { resourcesOf } from "./mockedRun";

/** By batch. Mutation testing runs the tests many times in one process; creating takes longer than judging. */
const created = new Map<string, Promise<ReadonlyMap<string, readonly StackResource[]>>>();

/**
 * Each program under Pulumi's mocks: the same verdicts as with the real engine, in seconds. `findings/` has what the rules
 * say about each refused program; read its changes as you read code.
 */
describe("small programs under mocks", () => {
  for (const [batch, { cases, packs }] of Object.entries(batches)) {
    describe(batch, () => {
      let resources: ReadonlyMap<string, readonly StackResource[]>;
      let recorded: Findings = {};
      const found: Record<string, readonly string[]> = {};

      before(async () => {
        if (!recording) recorded = recordedFindings(batch);
        const creation = created.get(batch) ?? resourcesOf(cases);
        created.set(batch, creation);
        resources = await creation;
      });

      after(async () => {
        if (recording) await recordFindings(batch, found);
      });

      const findingsOf = async (name: string): Promise<readonly string[]> => {
        const stack = resources.get(name) ?? [];
        const findings: string[] = [];
        for (const rule of packs.flatMap(({ rules }) => rules)) {
          if (unjudged.has(rule.name)) continue;
          const verdicts = "validateStack" in rule ? [await judgeStack(rule, stack)] : [];
          for (const resource of rule.validateResource === undefined ? [] : stack) {
            verdicts.push(await judge(rule, resource));
          }
          findings.push(
            ...verdicts.flatMap(({ violations }) => violations.map((each) => findingText(rule, each))),
          );
        }
        return findings;
      };

      for (const [name, { kind, rule = "" }] of Object.entries(cases)) {
        if (kind === "bad") {
          it(`${name} is refused by ${rule}`, async () => {
            const findings = await findingsOf(name);
            expect(findings.map((each) => each.split(":", 1)[0])).to.include(rule);
            found[name] = findings;
            const advice = "Look at the findings, then record them: RECORD_FINDINGS=1 npx mocha FILE";
            if (!recording) expect(findings, advice).to.deep.equal(recorded[name]);
          });
        } else {
          it(`${name} passes`, async () => {
            expect(await findingsOf(name)).to.deep.equal([]);
          });
        }
      }

      it("records findings of these programs only", () => {
        const refused = Object.entries(cases).flatMap(([name, { kind }]) => (kind === "bad" ? [name] : []));
        if (!recording) expect(Object.keys(recorded).sort()).to.deep.equal(refused.sort());
      });
    });
  }
});
