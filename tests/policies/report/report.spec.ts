import { expect } from "chai";
import { z } from "zod";

import { guardrails } from "../../../policies/guardrails/pack";
import { production } from "../../../policies/production/pack";
import { renderJson } from "../../../policies/report/json";
import { allPass, stackResult, type PolicyEvent } from "../../../policies/report/results";
import { renderSarif } from "../../../policies/report/sarif";
import { renderTable } from "../../../policies/report/table";

const json = z.object({
  passed: z.boolean(),
  stacks: z.array(
    z.object({
      stack: z.string(),
      rules: z.array(
        z.object({
          pack: z.string(),
          rule: z.string(),
          severity: z.string(),
          outcome: z.string(),
          findings: z.array(z.object({ urn: z.string().optional() })),
        }),
      ),
    }),
  ),
});

/** What code hosts read of it. */
const sarif = z.object({
  version: z.string(),
  runs: z.array(
    z.object({
      tool: z.object({ driver: z.object({ rules: z.array(z.object({ id: z.string() })) }) }),
      results: z.array(
        z.object({
          ruleId: z.string(),
          level: z.string(),
          locations: z.array(
            z.object({
              physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }),
              logicalLocations: z.array(
                z.object({ name: z.string(), fullyQualifiedName: z.string().optional() }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

const urn =
  "urn:pulumi:prod::wordpress::wordpress:database:Database$aws:rds/instance:Instance::wordpress-database";
const standby: PolicyEvent = {
  policyPackName: "production",
  policyName: "database-multi-az",
  resourceUrn: urn,
  message: "<{%fg 1%}>A database has a standby.<{%reset%}>\nmultiAz is false.\nFix: Set multiAz to true.\n",
  enforcementLevel: "mandatory",
};
const unknown: PolicyEvent = {
  ...standby,
  policyPackName: "guardrails",
  policyName: "iam-no-star-on-star",
  message:
    "can't run policy 'iam-no-star-on-star' from policy pack 'x' during preview: string value at .policy",
  enforcementLevel: "advisory",
};
const alarms: PolicyEvent = {
  policyPackName: "production",
  policyName: "alarms-present",
  message: "no alarms",
  enforcementLevel: "advisory",
};

const [dev, prod] = [
  stackResult("dev", [guardrails], [{ ...standby, resourceUrn: "elsewhere" }]),
  stackResult("prod", [guardrails, production], [standby, unknown, alarms]),
];
const outcomeOf = (name: string) => prod.rules.find(({ rule }) => rule.name === name)?.outcome;

describe("the results of a stack", () => {
  it("say of every rule that holds it how it came out", () => {
    expect(prod.rules).to.have.length(guardrails.rules.length + production.rules.length);
    expect(outcomeOf("database-multi-az")).to.equal("violated");
    expect(outcomeOf("alarms-present")).to.equal("advised");
    expect(outcomeOf("iam-no-star-on-star")).to.equal("not judged");
    expect(outcomeOf("imdsv2")).to.equal("passed");
  });

  it("take the worst of a rule's findings", () => {
    const advice = { ...standby, enforcementLevel: "advisory" };
    const { rules } = stackResult("prod", [production], [advice, standby]);
    expect(rules.find(({ rule }) => rule.name === "database-multi-az")?.outcome).to.equal("violated");
  });

  it("leave out packs that do not hold it", () => {
    expect(dev.rules.every(({ outcome }) => outcome === "passed")).to.equal(true);
  });

  it("refuse only what is mandatory", () => {
    expect(allPass([dev, prod])).to.equal(false);
    expect(allPass([dev])).to.equal(true);
    expect(allPass([stackResult("prod", [guardrails, production], [unknown, alarms])])).to.equal(true);
  });
});

describe("the results as a table", () => {
  const text = renderTable([dev, prod]);
  const row = (rule: string) => text.split("\n").find((line) => line.startsWith(`| ${rule} `));

  it("have a row for each rule and a column for each stack", () => {
    expect(row("rule")).to.match(/^\| rule +\| dev +\| prod +\|$/);
    expect(row("guardrails/imdsv2")).to.match(/\| ok +\| ok +\|$/);
    expect(row("guardrails/iam-no-star-on-star")).to.match(/\| ok +\| not judged \|$/);
    expect(row("production/database-multi-az")).to.match(/\| {2,}\| VIOLATED +\|$/);
    expect(row("production/alarms-present")).to.match(/\| {2,}\| advice +\|$/);
  });

  it("line up", () => {
    const widths = text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.length);
    expect(new Set(widths).size).to.equal(1);
  });

  it("say below what is wrong, where, and what to do", () => {
    expect(text).to.contain(
      "VIOLATED: prod, production/database-multi-az, wordpress-database\n    A database has a standby.\n    multiAz is false.\n    Fix: Set multiAz to true.",
    );
    expect(text).to.contain("advice: prod, production/alarms-present, prod\n    no alarms");
    expect(text.endsWith("1 rule is broken; see above for what to do.")).to.equal(true);
    expect(renderTable([dev]).endsWith("No stack breaks a rule.")).to.equal(true);
  });
});

describe("the results for machines", () => {
  it("are one object", () => {
    const { passed, stacks } = json.parse(JSON.parse(renderJson([dev, prod])));
    expect(passed).to.equal(false);
    expect(stacks.map(({ stack }) => stack)).to.deep.equal(["dev", "prod"]);
    const violated = stacks[1]?.rules.find(({ rule }) => rule === "database-multi-az");
    expect(violated).to.deep.include({ pack: "production", severity: "high", outcome: "violated" });
    expect(violated?.findings.map((finding) => finding.urn)).to.deep.equal([urn]);
  });

  it("are SARIF for code hosts", () => {
    const { version, runs } = sarif.parse(JSON.parse(renderSarif([dev, prod])));
    expect(version).to.equal("2.1.0");
    const [run] = runs;
    expect(run?.tool.driver.rules).to.have.length(guardrails.rules.length + production.rules.length);
    expect(run?.results.map(({ level, ruleId }) => `${level} ${ruleId}`)).to.have.members([
      "note guardrails/iam-no-star-on-star",
      "error production/database-multi-az",
      "warning production/alarms-present",
    ]);
    const places = run?.results.map(({ locations: [place] }) => place);
    expect(places?.map((place) => place?.physicalLocation.artifactLocation.uri)).to.deep.equal([
      "Pulumi.prod.yaml",
      "Pulumi.prod.yaml",
      "Pulumi.prod.yaml",
    ]);
    expect(places?.flatMap((place) => place?.logicalLocations)).to.deep.include.members([
      { name: "wordpress-database", fullyQualifiedName: urn },
      { name: "prod" },
    ]);
  });
});
