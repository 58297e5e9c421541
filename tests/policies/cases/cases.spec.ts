import { expect } from "chai";

import type { StackResource } from "../../../policies/support/stack";
import { judge, judgeStack } from "../support/judge";
import { batches, unjudged } from "./batches";
import { resourcesOf } from "./mockedRun";

/** Each program under Pulumi's mocks: the same verdicts as with the real engine, in seconds. */
describe("small programs under mocks", function () {
  this.timeout(120_000);

  for (const [batch, { cases, packs }] of Object.entries(batches)) {
    describe(batch, () => {
      let resources: ReadonlyMap<string, readonly StackResource[]>;
      before(async () => {
        resources = await resourcesOf(cases);
      });

      const refusing = async (name: string): Promise<readonly string[]> => {
        const stack = resources.get(name) ?? [];
        const refusals = new Set<string>();
        for (const rule of packs.flatMap(({ rules }) => rules)) {
          if (unjudged.has(rule.name)) continue;
          const verdicts = "validateStack" in rule ? [await judgeStack(rule, stack)] : [];
          for (const resource of rule.validateResource === undefined ? [] : stack) {
            verdicts.push(await judge(rule, resource));
          }
          if (verdicts.some(({ violations }) => violations.length > 0)) refusals.add(rule.name);
        }
        return [...refusals];
      };

      for (const [name, { kind, rule = "" }] of Object.entries(cases)) {
        if (kind === "bad") {
          it(`${name} is refused by ${rule}`, async () => {
            expect(await refusing(name)).to.include(rule);
          });
        } else {
          it(`${name} passes`, async () => {
            expect(await refusing(name)).to.deep.equal([]);
          });
        }
      }
    });
  }
});
