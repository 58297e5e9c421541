import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { packs } from "../../../policies/packs";
import type { Rule } from "../../../policies/support/rule";
import type { StackResource } from "../../../policies/support/stack";
import { judge, judgeStack } from "./judge";

const typesFile = path.resolve(__dirname, "../../../policies/support/resourceTypes.ts");
const types = [...readFileSync(typesFile, "utf8").matchAll(/^ {2}"(?<type>[^"]+:[^"]+)":/gm)].map(
  ({ groups }) => groups?.["type"] ?? "",
);

const empty = (type: string): StackResource => ({
  ...{ type, name: "one", urn: `urn:pulumi:test::wordpress::${type}::one`, props: {} },
  ...{ propertyDependencies: {}, provider: { props: { region: "us-east-1" } } },
});

async function violationsOf(rule: Rule, resource: StackResource): Promise<readonly string[]> {
  const alone = rule.validateResource === undefined ? undefined : await judge(rule, resource);
  const stack = "validateStack" in rule ? await judgeStack(rule, [resource]) : undefined;
  return [...(alone?.violations ?? []), ...(stack?.violations ?? [])];
}

/** An exported state, or a pack that another program calls, has no provider that refuses such a resource first. */
describe("a resource without any property", () => {
  for (const rule of packs.flatMap(({ rules }) => rules)) {
    it(`does not break ${rule.name}`, async () => {
      for (const type of types) {
        for (const violation of await violationsOf(rule, empty(type))) {
          expect(violation, type).to.match(/ is (not set|.+)\.\nAllowed: .+\.\nFix: .+$/s);
        }
      }
    });
  }

  it("is a violation where a rule reads a property that the type requires", async () => {
    const found = new Map<string, string>();
    for (const rule of packs.flatMap(({ rules }) => rules)) {
      for (const type of types) {
        for (const violation of await violationsOf(rule, empty(type))) {
          if (violation.includes("the resource's type requires it"))
            found.set(`${rule.name} ${type}`, violation);
        }
      }
    }
    expect([...found]).to.have.length.of.at.least(18);
    expect(found.get("https-listener aws:elb/loadBalancer:LoadBalancer")).to.equal(
      [
        "one (aws:elb/loadBalancer:LoadBalancer): listeners is not set.",
        "Allowed: a value: the resource's type requires it.",
        "Fix: Set listeners; the provider refuses a resource without it.",
      ].join("\n"),
    );
  });
});
