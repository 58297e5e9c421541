import { expect } from "chai";

import { packsOf } from "../../policies/packs";
import { shippedRun } from "../support/shippedRun";
import { shippedStacks, stackConfig } from "../support/stackFile";
import { anyFixture } from "./support/fixture";
import { judge } from "./support/judge";

describe("the shipped stacks", () => {
  for (const stack of shippedStacks()) {
    it(`pass every rule about single resources of ${stack}`, async () => {
      const provider = { props: { region: stackConfig(stack)["aws:region"] } };
      const { resources } = await shippedRun(stack);
      // Mocks do not see resource options: the gate's test checks pulumi-protect, with the engine.
      const rules = packsOf(stack)
        .flatMap(({ pack }) => pack.rules)
        .filter(({ name }) => name !== "pulumi-protect");
      const violations: string[] = [];
      const judged = new Set<string>();
      // The mocked VPC does not pass tags to its children; the real one does.
      const ours = resources.filter(({ name }) => !name.startsWith("wordpress-vpc-"));
      for (const { type, name, inputs } of ours) {
        for (const rule of rules) {
          if (rule.validateResource === undefined) continue;
          const verdict = await judge(rule, { ...anyFixture(type, name, inputs), provider });
          if (verdict.applicable) judged.add(rule.name);
          violations.push(...verdict.violations.map((message) => `${rule.name}: ${message}`));
        }
      }
      expect(violations).to.deep.equal([]);
      expect([...judged]).to.include.members(["no-public-address", "lambda-package"]);
    });
  }
});
