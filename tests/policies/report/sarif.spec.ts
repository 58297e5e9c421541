import { expect } from "chai";
import { z } from "zod";

import { guardrails } from "../../../policies/guardrails/pack";
import { packs } from "../../../policies/packs";
import { production } from "../../../policies/production/pack";
import { stackResult, type StackResult } from "../../../policies/report/results";
import { renderSarif } from "../../../policies/report/sarif";
import { sarifProblems } from "../../support/sarifSchema";
import { cutOff, dev, packOf, placed, prod, run, standby, urn } from "./runs";

/** The parts that code hosts read. */
const text = z.object({ text: z.string().min(1) });
const physical = z.object({
  artifactLocation: z.object({ uri: z.string() }),
  region: z.object({ startLine: z.number() }),
});
const sarif = z.object({
  version: z.string(),
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({
          rules: z.array(
            z.object({
              id: z.string(),
              helpUri: z.url(),
              help: text,
              properties: z.object({ "security-severity": z.string() }),
            }),
          ),
        }),
      }),
      invocations: z.tuple([
        z.object({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.object({ message: text })).optional(),
        }),
      ]),
      results: z.array(
        z.object({
          ruleId: z.string(),
          level: z.string(),
          message: text,
          partialFingerprints: z.object({ finding: z.string() }),
          locations: z.tuple([
            z.object({
              physicalLocation: physical,
              logicalLocations: z.tuple([
                z.object({ name: z.string(), fullyQualifiedName: z.string().optional() }),
              ]),
            }),
          ]),
          relatedLocations: z.tuple([z.object({ physicalLocation: physical, message: text })]).optional(),
        }),
      ),
    }),
  ]),
});

const runOf = (...results: readonly StackResult[]) => sarif.parse(JSON.parse(renderSarif(results))).runs[0];

describe("the results as SARIF", () => {
  it("match the standard's schema", () => {
    for (const results of [
      [],
      [dev()],
      [dev(), prod()],
      [cutOff()],
      [placed()],
      [
        stackResult(
          run(
            "lab",
            packs.map((pack) => packOf(pack)),
          ),
        ),
      ],
    ]) {
      expect(sarifProblems(JSON.parse(renderSarif(results)))).to.deep.equal([]);
    }
    expect(sarifProblems({ version: "2.1.0", runs: [{}] })).not.to.deep.equal([]);
  });

  it("list every rule once, with its fix and severity", () => {
    const { rules } = runOf(dev(), prod()).tool.driver;
    expect(rules.map(({ id }) => id)).to.deep.equal([
      ...guardrails.rules.map(({ name }) => `guardrails/${name}`),
      ...production.rules.map(({ name }) => `production/${name}`),
    ]);
    const severityOf = (wanted: string) =>
      rules.find(({ id }) => id === wanted)?.properties["security-severity"];
    expect(severityOf("guardrails/database-not-public")).to.equal("9.5");
    expect(severityOf("production/database-multi-az")).to.equal("8.0");
    expect(severityOf("guardrails/encrypted-volumes")).to.equal("5.5");
    expect(severityOf("guardrails/required-tags")).to.equal("3.0");
  });

  it("have a level, the stack's file and the resource for each finding", () => {
    const { results } = runOf(prod());
    expect(results.map(({ level, ruleId }) => `${level} ${ruleId}`)).to.have.members([
      "note guardrails/iam-no-star-on-star",
      "note guardrails/imdsv2",
      "error production/database-multi-az",
      "warning production/alarms-present",
    ]);
    for (const { locations } of results) {
      expect(locations[0].physicalLocation.artifactLocation.uri).to.equal("Pulumi.prod.yaml");
    }
    const standby = results.find(({ level }) => level === "error");
    expect(standby?.message.text).to.contain("multiAz is false.");
    expect(standby?.locations[0].logicalLocations).to.deep.equal([
      { name: "wordpress-database", fullyQualifiedName: urn },
    ]);
    const alarms = results.find(({ level }) => level === "warning");
    expect(alarms?.locations[0].logicalLocations).to.deep.equal([{ name: "prod" }]);
  });

  it("point to the setting, and to the line of the program beside it", () => {
    const [finding] = runOf(placed()).results;
    expect(finding?.locations[0].physicalLocation).to.deep.equal({
      artifactLocation: { uri: "Pulumi.prod.yaml" },
      region: { startLine: 12 },
    });
    expect(finding?.relatedLocations?.[0].physicalLocation).to.deep.equal({
      artifactLocation: { uri: "components/database/database.ts" },
      region: { startLine: 57 },
    });
    expect(finding?.message.text).to.contain("Fix: Set database.multiAz to true in Pulumi.prod.yaml");
  });

  it("identify each finding for the next run", () => {
    const prints = runOf(prod()).results.map(({ partialFingerprints }) => partialFingerprints.finding);
    expect(new Set(prints).size).to.equal(prints.length);
    expect(prints).to.include.members([
      `prod/production/database-multi-az/${urn}`,
      "prod/production/alarms-present/",
    ]);
  });

  it("tell apart two findings in one resource by their properties", () => {
    const described = (at: string) => ({
      ...standby,
      message: `A rule.\nwordpress-database (aws:rds/instance:Instance): ${at} is false.\nAllowed: true.\nFix: Set it.`,
    });
    const both = stackResult(
      run("prod", [packOf(production)], described("multiAz"), described("replicas[0]")),
    );
    const prints = runOf(both).results.map(({ partialFingerprints }) => partialFingerprints.finding);
    expect(prints).to.deep.equal([
      `prod/production/database-multi-az/${urn}/multiAz`,
      `prod/production/database-multi-az/${urn}/replicas[0]`,
    ]);
  });

  it("state whether every preview finished", () => {
    expect(runOf(dev()).invocations[0]).to.deep.equal({ executionSuccessful: true });
    const { executionSuccessful, toolExecutionNotifications } = runOf(dev(), cutOff()).invocations[0];
    expect(executionSuccessful).to.equal(false);
    expect(toolExecutionNotifications?.map(({ message }) => message.text)).to.deep.equal([
      "The preview of prod: wordpress:fleet.capacity.max: 0\nallowed: 1 or more",
    ]);
  });
});
