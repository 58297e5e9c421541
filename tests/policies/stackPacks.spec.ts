import { expect } from "chai";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { packs, packsOf } from "../../policies/packs";
import { policyFlags } from "../../policies/stackPacks";

const namesOf = (stack: string) => packsOf(stack).map(({ pack }) => pack.name);

describe("the packs of a stack", () => {
  it("are the guardrails for every stack, and more for production and the lab", () => {
    expect(namesOf("dev")).to.deep.equal(["guardrails"]);
    expect(namesOf("local")).to.deep.equal(["guardrails"]);
    expect(namesOf("prod")).to.deep.equal(["guardrails", "production"]);
    expect(namesOf("prod-blog")).to.deep.equal(["guardrails", "production"]);
    expect(namesOf("production")).to.deep.equal(["guardrails"]);
    expect(namesOf("lab")).to.deep.equal(["guardrails", "learner-lab"]);
    expect(namesOf("lab-minji")).to.deep.equal(["guardrails", "learner-lab"]);
    expect(namesOf("labour")).to.deep.equal(["guardrails"]);
  });

  it("are folders that Pulumi accepts as packs", () => {
    for (const { folder } of [...packsOf("prod"), ...packsOf("lab")]) {
      for (const file of ["PulumiPolicy.yaml", "package.json", "index.js"]) {
        expect(existsSync(join(folder, file)), join(folder, file)).to.equal(true);
      }
    }
  });

  it("have the stack's configuration, if it exists", async () => {
    const folder = await mkdtemp(join(tmpdir(), "policies-"));
    await writeFile(join(folder, "prod.guardrails.json"), "{}");
    const [guardrails, production] = packsOf("prod", folder);
    expect(guardrails?.configFile).to.equal(join(folder, "prod.guardrails.json"));
    expect(production?.configFile).to.equal(undefined);
    await rm(folder, { recursive: true });
  });

  it("are options of Pulumi's CLI, with thresholds for each where there are any", async () => {
    const repository = join(__dirname, "..", "..");
    expect(policyFlags("prod", repository)).to.deep.equal([
      "--policy-pack=policies/guardrails",
      "--policy-pack=policies/production",
    ]);
    const folder = await mkdtemp(join(tmpdir(), "policies-"));
    await writeFile(join(folder, "prod.production.json"), "{}");
    expect(policyFlags("prod", folder, folder)).to.deep.equal([
      `--policy-pack=${relative(folder, join(repository, "policies", "guardrails"))}`,
      "--policy-pack-config=",
      `--policy-pack=${relative(folder, join(repository, "policies", "production"))}`,
      "--policy-pack-config=prod.production.json",
    ]);
    await rm(folder, { recursive: true });
  });

  it("have unique rule names, and rules that are mandatory and documented", () => {
    for (const { rules } of packs) {
      const names = rules.map(({ name }) => name);
      expect(new Set(names).size).to.equal(names.length);
      for (const rule of rules) {
        expect(rule.enforcementLevel, rule.name).to.equal("mandatory");
        expect(rule.name, rule.name).to.match(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        expect(rule.url, rule.name).to.match(/^https:\/\//);
        for (const setting of Object.values(rule.configSchema?.properties ?? {})) {
          expect(setting.default, rule.name).not.to.equal(undefined);
          expect(setting.description, rule.name).to.match(/: a (?:whole number|list)/);
        }
      }
    }
  });
});
