import { expect } from "chai";
import { z } from "zod";

import { guardrails } from "../../../policies/guardrails/pack";
import { production } from "../../../policies/production/pack";
import { renderJson } from "../../../policies/report/json";
import { allPass, stackResult, type PolicyEvent, type StackResult } from "../../../policies/report/results";
import { renderTable } from "../../../policies/report/table";
import {
  alarms,
  cutOff,
  dev,
  held,
  mended,
  outcomeIn,
  prod,
  prodPacks,
  run,
  standby,
  unknown,
  urn,
} from "./runs";

const json = z.object({
  passed: z.boolean(),
  stacks: z.array(
    z.object({
      stack: z.string(),
      failure: z.string().optional(),
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

describe("the results of a stack", () => {
  it("say of every rule that holds it how it came out", () => {
    expect(prod.rules).to.have.length(guardrails.rules.length + production.rules.length);
    expect(outcomeIn(prod, "database-multi-az")).to.equal("violated");
    expect(outcomeIn(prod, "alarms-present")).to.equal("advised");
    expect(outcomeIn(prod, "iam-no-star-on-star")).to.equal("not judged");
    expect(outcomeIn(prod, "imdsv2")).to.equal("mended");
    expect(outcomeIn(prod, "lambda-memory")).to.equal("disabled");
    expect(outcomeIn(prod, "encrypted-volumes")).to.equal("passed");
  });

  it("take the worst of a rule's findings", () => {
    const advice = { ...standby, enforcementLevel: "advisory" };
    const worst = (...events: readonly PolicyEvent[]) =>
      outcomeIn(stackResult(run("prod", prodPacks, ...events)), "database-multi-az");
    const waiting = { ...standby, message: unknown.message };
    const remedied = { ...standby, enforcementLevel: "remediate" };
    expect(worst(remedied, waiting, advice, standby)).to.equal("violated");
    expect(worst(remedied, waiting, advice)).to.equal("advised");
    expect(worst(remedied, waiting)).to.equal("not judged");
    expect(worst(remedied)).to.equal("mended");
  });

  it("do not take for passed what a preview did not come to", () => {
    expect(outcomeIn(prod, "encrypted-volumes")).to.equal("passed");
    expect(outcomeIn(cutOff, "encrypted-volumes")).to.equal("not judged");
    expect(outcomeIn(cutOff, "database-multi-az")).to.equal("violated");
    expect(outcomeIn(cutOff, "https-listener")).to.equal("not judged");
  });

  it("leave out packs that do not hold it", () => {
    expect(dev.rules.map(({ pack }) => pack)).to.deep.equal(guardrails.rules.map(() => "guardrails"));
    expect(outcomeIn(dev, "database-multi-az")).to.equal(undefined);
  });

  it("refuse only what is mandatory", () => {
    expect(allPass([dev, prod])).to.equal(false);
    expect(allPass([dev])).to.equal(true);
    expect(allPass([stackResult(run("prod", prodPacks, unknown, alarms, mended))])).to.equal(true);
  });

  it("refuse a stack whose preview failed", () => {
    expect(allPass([stackResult({ ...run("dev", [held(guardrails)]), failure: "no region" })])).to.equal(
      false,
    );
  });

  it("name a resource by its name in the program", () => {
    const findings = prod.rules.flatMap((each) => each.findings);
    expect(findings.map(({ resource }) => resource)).to.include.members(["wordpress-database", "prod"]);
  });
});

describe("the results as a table", () => {
  const text = renderTable([dev, prod]);
  const row = (rule: string) => text.split("\n").find((line) => line.startsWith(`| ${rule} `));

  it("have a row for each rule and a column for each stack", () => {
    expect(row("rule")).to.match(/^\| rule +\| dev +\| prod +\|$/);
    expect(row("guardrails/encrypted-volumes")).to.match(/\| ok +\| ok +\|$/);
    expect(row("guardrails/imdsv2")).to.match(/\| ok +\| mended +\|$/);
    expect(row("guardrails/lambda-memory")).to.match(/\| ok +\| off +\|$/);
    expect(row("guardrails/iam-no-star-on-star")).to.match(/\| not judged \| not judged \|$/);
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
      [
        "VIOLATED: prod, production/database-multi-az, wordpress-database",
        "",
        "    A database has a standby.",
        "    multiAz is false.",
        "    Fix: Set multiAz to true.",
        "",
      ].join("\n"),
    );
    expect(text).to.contain("\n\nadvice: prod, production/alarms-present, prod\n\n    no alarms\n\n");
    expect(text).to.contain("\n\nmended: prod, guardrails/imdsv2, wordpress-server\n\n    put right\n\n");
  });

  it("say once of a rule where it waits for the update", () => {
    const waiting = text.split("\n\n").slice(-3, -1);
    expect(waiting[0]).to.equal("not judged: guardrails/iam-no-star-on-star");
    expect(waiting[1]).to.match(
      /the update judges.*\n {4}dev: wordpress-database\n {4}prod: wordpress-database$/,
    );
  });

  it("end with the verdict", () => {
    const verdict = (...results: readonly StackResult[]) => renderTable(results).split("\n").at(-1);
    expect(verdict(dev)).to.equal("No stack breaks a rule.");
    expect(verdict(dev, prod)).to.equal("1 rule is broken; see above for what to do.");
    expect(verdict(prod, cutOff)).to.equal("2 rules are broken, 1 preview failed; see above for what to do.");
    const failed = { ...cutOff, rules: [] };
    expect(verdict(failed, failed)).to.equal("2 previews failed; see above for what to do.");
  });

  it("tell why a preview failed before they tell what it found", () => {
    const parts = renderTable([cutOff]).split("\n\n").slice(1);
    expect(parts[0]).to.equal("FAILED: preview of prod");
    expect(parts[1]).to.equal("    wordpress:fleet.capacity.max: 0\n    allowed: 1 or more");
    expect(parts[2]).to.match(/^VIOLATED: prod/);
    expect(parts).to.have.length(5);
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

  it("tell why a preview failed", () => {
    expect(json.parse(JSON.parse(renderJson([cutOff]))).stacks[0]?.failure).to.contain("capacity.max");
    expect(json.parse(JSON.parse(renderJson([prod]))).stacks[0]?.failure).to.equal(undefined);
  });
});
