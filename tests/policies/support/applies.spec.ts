import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { servedPolicies } from "../../../policies/exceptions/served";
import { packs } from "../../../policies/packs";
import { appliesTo } from "../../../policies/support/applies";
import type { ResourceRule, StackRule } from "../../../policies/support/rule";
import { hasSettings, rootType } from "../../../policies/support/thresholds";
import { repository, repositoryFiles } from "../../support/repositoryFiles";
import { anyFixture } from "./fixture";
import { judge } from "./judge";

/** Every type that the policies name, and others. */
const types = [
  ...new Set([
    rootType,
    "aws:alb/listener:Listener",
    "aws:nothing/known:Known",
    "random:index/randomId:RandomId",
    ...repositoryFiles()
      .filter((file) => file.startsWith("policies/") && file.endsWith(".ts"))
      .flatMap((file) => readFileSync(path.join(repository, file), "utf8").match(/aws:\w+\/\w+:\w+/g) ?? []),
  ]),
];

/** The policy SDK itself does not call a rule with this mark for another type. */
function isCalledFor({ validateResource }: ResourceRule | StackRule, type: string): boolean {
  const mark: unknown = Reflect.get(validateResource ?? {}, "__pulumiType");
  return mark === undefined || mark === type;
}

describe("the types that a rule judges", () => {
  for (const pack of packs) {
    it(`are those for which it answers, in ${pack.name}`, async () => {
      const rules = pack.rules.filter(({ validateResource }) => validateResource !== undefined);
      expect(types.length * rules.length).to.be.above(1000);
      const wrong: string[] = [];
      for (const rule of rules) {
        for (const type of types) {
          const { applicable } = await judge(rule, anyFixture(type, "any"));
          // At the root resource a rule reports wrong thresholds, then answers that it does not apply.
          const readsThresholds = type === rootType && hasSettings(rule);
          const answers = readsThresholds || (applicable && isCalledFor(rule, type));
          if (answers !== appliesTo(rule, type)) wrong.push(`${rule.name}: ${type}`);
        }
      }
      expect(wrong).to.deep.equal([]);
    });

    it(`stay the same when exceptions apply, in ${pack.name}`, () => {
      const served = servedPolicies(pack);
      const different = pack.rules.flatMap((rule, index) =>
        types.filter((type) => appliesTo(rule, type) !== appliesTo(served[index] ?? {}, type)),
      );
      expect(different).to.deep.equal([]);
      const excepted = served.at(-1) ?? {};
      const judged = types.filter((type) => pack.rules.some((rule) => appliesTo(rule, type)));
      expect(types.filter((type) => appliesTo(excepted, type))).to.deep.equal(judged);
    });
  }

  it("are all types, for a rule of another author", () => {
    expect(appliesTo({ validateResource: () => undefined }, "aws:ec2/instance:Instance")).to.equal(true);
  });
});
