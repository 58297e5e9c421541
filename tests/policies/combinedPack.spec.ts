import { expect } from "chai";

import { combinePacks } from "../../policies/combinedPack";
import { guardrails } from "../../policies/guardrails/pack";
import { packs } from "../../policies/packs";
import { production } from "../../policies/production/pack";
import { partsOf, qualifiedName } from "../../policies/support/qualifiedName";

describe("a combined pack", () => {
  it("has the rules of every pack, under unique names", () => {
    const { policies, initialConfig } = combinePacks(packs.map((pack) => ({ pack })));
    const names = packs.flatMap(({ name, rules: own }) =>
      [...own.map((rule) => rule.name), "excepted"].map((rule) => `${name}/${rule}`),
    );
    expect(policies.map(({ name }) => name)).to.deep.equal(names);
    expect(new Set(policies.map(({ name }) => name)).size).to.equal(policies.length);
    expect(initialConfig).to.deep.equal({});
  });

  it("applies each pack's configuration to its rules", () => {
    const configuration = {
      "minimum-servers": { minimumServers: 3 },
      "https-listener": "advisory",
      "file-system-backups": "remediate",
      "tls-policy": { enforcementLevel: "disabled", policies: ["x"] },
    };
    expect(
      combinePacks([{ pack: guardrails }, { pack: production, configuration }]).initialConfig,
    ).to.deep.equal({
      "production/minimum-servers": { minimumServers: 3, enforcementLevel: "mandatory" },
      "production/https-listener": { enforcementLevel: "advisory" },
      "production/file-system-backups": { enforcementLevel: "remediate" },
      "production/tls-policy": { enforcementLevel: "disabled", policies: ["x"] },
    });
  });

  it("applies `all` to the rules of its pack that have no level of their own", () => {
    const configuration = {
      all: "advisory",
      imdsv2: "mandatory",
      "lambda-memory": { maximumMegabytes: 512 },
    };
    const { initialConfig } = combinePacks([{ pack: guardrails, configuration }, { pack: production }]);
    const { imdsv2, memory, ...others } = {
      imdsv2: initialConfig["guardrails/imdsv2"],
      memory: initialConfig["guardrails/lambda-memory"],
      tags: initialConfig["guardrails/required-tags"],
      production: initialConfig["production/minimum-servers"],
    };
    expect(imdsv2).to.deep.equal({ enforcementLevel: "mandatory" });
    expect(memory).to.deep.equal({ enforcementLevel: "advisory", maximumMegabytes: 512 });
    expect(others).to.deep.equal({ tags: { enforcementLevel: "advisory" }, production: undefined });
    expect(Object.keys(initialConfig)).to.have.length(guardrails.rules.length);
  });

  it("names a rule with its pack", () => {
    expect(qualifiedName("learner-lab", "lab-role-only")).to.equal("learner-lab/lab-role-only");
    expect(partsOf("learner-lab/lab-role-only")).to.deep.equal({
      pack: "learner-lab",
      rule: "lab-role-only",
    });
  });
});
