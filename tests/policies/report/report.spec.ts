import { expect } from "chai";
import { z } from "zod";

import { guardrails } from "../../../policies/guardrails/pack";
import { production } from "../../../policies/production/pack";
import { jsonReport } from "../../../policies/report/json";
import { allPass, stackResult, type PolicyEvent, type StackResult } from "../../../policies/report/results";
import { renderTable } from "../../../policies/report/table";
import {
  alarms,
  cutOff,
  dev,
  asked,
  packOf,
  placed,
  remediated,
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
  it("have an outcome for every rule that applies to it", () => {
    expect(prod().rules).to.have.length(guardrails.rules.length + production.rules.length);
    expect(outcomeIn(prod(), "database-multi-az")).to.equal("violated");
    expect(outcomeIn(prod(), "alarms-present")).to.equal("advised");
    expect(outcomeIn(prod(), "iam-no-star-on-star")).to.equal("not judged");
    expect(outcomeIn(prod(), "imdsv2")).to.equal("remediated");
    expect(outcomeIn(prod(), "lambda-memory")).to.equal("disabled");
    expect(outcomeIn(prod(), "encrypted-volumes")).to.equal("passed");
  });

  it("have the worst outcome of a rule's findings", () => {
    const advice = { ...standby, enforcementLevel: "advisory" };
    const worst = (...events: readonly PolicyEvent[]) =>
      outcomeIn(stackResult(run("prod", prodPacks, ...events)), "database-multi-az");
    const waiting = { ...standby, message: unknown.message };
    const fixed = { ...standby, enforcementLevel: "remediate" };
    expect(worst(fixed, waiting, advice, standby)).to.equal("violated");
    expect(worst(fixed, waiting, advice)).to.equal("advised");
    expect(worst(fixed, waiting)).to.equal("not judged");
    expect(worst(fixed)).to.equal("remediated");
  });

  it("do not pass a rule that a failed preview did not run", () => {
    expect(outcomeIn(prod(), "encrypted-volumes")).to.equal("passed");
    expect(outcomeIn(cutOff(), "encrypted-volumes")).to.equal("not judged");
    expect(outcomeIn(cutOff(), "database-multi-az")).to.equal("violated");
    expect(outcomeIn(cutOff(), "https-listener")).to.equal("not judged");
  });

  it("omit packs that do not apply to it", () => {
    expect(dev().rules.map(({ pack }) => pack)).to.deep.equal(guardrails.rules.map(() => "guardrails"));
    expect(outcomeIn(dev(), "database-multi-az")).to.equal(undefined);
  });

  it("refuse only violations of mandatory rules", () => {
    expect(allPass([dev(), prod()])).to.equal(false);
    expect(allPass([dev()])).to.equal(true);
    expect(allPass([stackResult(run("prod", prodPacks, unknown, alarms, remediated))])).to.equal(true);
  });

  it("refuse a stack whose preview failed", () => {
    expect(allPass([stackResult({ ...run("dev", [packOf(guardrails)]), failure: "no region" })])).to.equal(
      false,
    );
  });

  it("name a resource by its name in the program", () => {
    const findings = prod().rules.flatMap((each) => each.findings);
    expect(findings.map(({ resource }) => resource)).to.include.members(["wordpress-database", "prod"]);
  });
});

describe("the results as a table", () => {
  const text = () => renderTable([dev(), prod()]);
  const row = (rule: string) =>
    text()
      .split("\n")
      .find((line) => line.startsWith(`| ${rule} `));

  it("have a row for each rule and a column for each stack", () => {
    expect(row("rule")).to.match(/^\| rule +\| dev +\| prod +\|$/);
    expect(row("guardrails/encrypted-volumes")).to.match(/\| ok +\| ok +\|$/);
    expect(row("guardrails/imdsv2")).to.match(/\| ok +\| remediated +\|$/);
    expect(row("guardrails/lambda-memory")).to.match(/\| ok +\| off +\|$/);
    expect(row("guardrails/iam-no-star-on-star")).to.match(/\| not judged \| not judged \|$/);
    expect(row("production/database-multi-az")).to.match(/\| {2,}\| VIOLATED +\|$/);
    expect(row("production/alarms-present")).to.match(/\| {2,}\| advice +\|$/);
  });

  it("have columns of one width", () => {
    const widths = text()
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.length);
    expect(new Set(widths).size).to.equal(1);
  });

  it("state each finding's resource, value and fix below the table", () => {
    expect(text()).to.contain(
      [
        "VIOLATED: prod, production/database-multi-az, wordpress-database",
        "",
        "    A database has a standby.",
        "    multiAz is false.",
        "    Fix: Set multiAz to true.",
        "",
      ].join("\n"),
    );
    expect(text()).to.contain("\n\nadvice: prod, production/alarms-present, prod\n\n    no alarms\n\n");
    expect(text()).to.contain(
      "\n\nremediated: prod, guardrails/imdsv2, wordpress-server\n\n    a remediation\n\n",
    );
  });

  it("list a rule that waits for the update once, with its resources", () => {
    const waiting = text().split("\n\n").slice(-3, -1);
    expect(waiting[0]).to.equal("not judged: guardrails/iam-no-star-on-star");
    expect(waiting[1]).to.match(
      /The update judges.*\n {4}dev: wordpress-database\n {4}prod: wordpress-database$/,
    );
  });

  it("end with the number of violations and failures", () => {
    const verdict = (...results: readonly StackResult[]) => renderTable(results).split("\n").at(-1);
    expect(verdict(dev())).to.equal("No stack violates a rule.");
    expect(verdict(dev(), prod())).to.equal("1 rule is violated; see above for the fixes.");
    // Both violate the same rule.
    expect(verdict(prod(), cutOff())).to.equal(
      "1 rule is violated, 1 preview failed; see above for the fixes.",
    );
    const two = stackResult(run("prod", prodPacks, standby, { ...alarms, enforcementLevel: "mandatory" }));
    expect(verdict(prod(), two)).to.equal("2 rules are violated; see above for the fixes.");
    const failed = { ...cutOff(), rules: [] };
    expect(verdict(failed, failed)).to.equal("2 previews failed; see above for the fixes.");
  });

  it("state why a preview failed before its findings", () => {
    const parts = renderTable([cutOff()]).split("\n\n").slice(1);
    expect(parts[0]).to.equal("FAILED: preview of prod");
    expect(parts[1]).to.equal("    wordpress:fleet.capacity.max: 0\n    allowed: 1 or more");
    expect(parts[2]).to.match(/^VIOLATED: prod/);
    expect(parts).to.have.length(5);
  });
});

describe("the drift of a stack", () => {
  const server =
    "urn:pulumi:prod::wordpress::wordpress:fleet:Fleet$aws:ec2/launchTemplate:LaunchTemplate::server";
  const drifted = () =>
    stackResult({
      ...run("prod", prodPacks, standby, { ...alarms, resourceUrn: server }),
      subject: "account",
      drift: [
        { urn, gone: false, properties: ["multiAz", "tags"] },
        { urn: "gone", gone: true, properties: [] },
      ],
    });

  it("is an entry of the report, and a mark at the findings about its resources", () => {
    const parts = renderTable([drifted()]).split("\n\n");
    expect(parts).to.include("Drift: prod, the account differs from the state");
    expect(parts).to.include(
      "    wordpress-database (aws:rds/instance:Instance) differs in multiAz, tags\n    gone (gone) does not exist any more",
    );
    expect(parts).to.include("VIOLATED: prod, production/database-multi-az, wordpress-database (drift)");
    expect(parts).to.include("advice: prod, production/alarms-present, server");
    expect(renderTable([prod()])).not.to.match(/drift/i);
  });
});

describe("the level of a rule", () => {
  it("is below the finding, unless an exception covers it", () => {
    const leveled = (event: PolicyEvent) => {
      const packs = [{ ...packOf(production), levelText: () => "advisory until 2027-01-31" }];
      return renderTable([stackResult(run("prod", packs, event))]);
    };
    expect(leveled(standby)).to.contain("Set multiAz to true.\n    Level: advisory until 2027-01-31\n");
    expect(leveled({ ...standby, exception: { reason: "a test" } })).not.to.contain("Level:");
    expect(renderTable([prod()])).not.to.contain("Level:");
  });
});

describe("the message of a finding", () => {
  const messageOf = (event: PolicyEvent, name = "guardrails/database-multi-az") => {
    const { rules } = stackResult(run("prod", prodPacks, event));
    return rules.flatMap(({ findings }) => findings.map(({ message }) => message)).join(name);
  };

  it("has no colour tags of the engine and no space around it", () => {
    const message = "<{%fg 1%}>50% of <{%reset%}>it.  \n";
    expect(messageOf({ ...standby, message })).to.equal("50% of it.");
  });

  it("is only that of its own pack's rule", () => {
    expect(messageOf({ ...standby, pack: "guardrails" })).to.equal("");
  });
});

describe("the results of several stacks", () => {
  it("list a rule that waits with every stack and resource, beside what it found", () => {
    const second = { ...unknown, resourceUrn: "a::b::c::second" };
    const text = renderTable([
      stackResult(run("one", prodPacks, unknown, second)),
      stackResult(run("two", prodPacks, { ...unknown, message: "a finding" })),
    ]);
    expect(text).to.contain("not judged: guardrails/iam-no-star-on-star\n\n");
    expect(text).to.contain("\n    one: wordpress-database, second\n\n");
    expect(text).not.to.contain("not judged: one");
    expect(text).not.to.contain("two: wordpress-database");
    expect(text).to.contain(
      "advice: two, guardrails/iam-no-star-on-star, wordpress-database\n\n    a finding",
    );
  });

  it("count failed stacks as stacks, unless all are previews", () => {
    const failed = { ...cutOff(), rules: [] };
    const verdict = (...results: readonly StackResult[]) => renderTable(results).split("\n").at(-1);
    expect(verdict(failed, { ...failed, subject: "state" })).to.equal(
      "2 stacks failed; see above for the fixes.",
    );
    expect(verdict({ ...failed, subject: "account" })).to.equal("1 stack failed; see above for the fixes.");
  });
});

describe("a report beside a baseline", () => {
  const fixed = [
    { stack: "prod", rule: "production/database-multi-az", urn, at: "multiAz" },
    { stack: "dev", rule: "production/alarms-present", urn: undefined, at: undefined },
  ];
  const textWith = (...some: typeof fixed) =>
    renderTable([dev()], { exceptionProblems: [], baseline: { fixed: some } });

  it("lists what is fixed since", () => {
    const text = textWith(...fixed);
    expect(text).to.contain("Fixed since the baseline: write it again with --write-baseline\n\n");
    expect(text).to.contain(
      "    prod, production/database-multi-az, wordpress-database, multiAz\n    dev, production/alarms-present\n",
    );
    expect(text).to.match(/; 2 violations of the baseline fixed\.$/);
    expect(textWith(...fixed.slice(1))).to.match(/; 1 violation of the baseline fixed\.$/);
    expect(textWith()).not.to.contain("baseline");
  });
});

describe("a finding with its places", () => {
  const results = () => [placed()];

  it("has the fix of the setting instead of the rule's", () => {
    const text = renderTable(results());
    expect(text).to.contain(
      [
        "    A database has a standby.",
        "    wordpress-database (aws:rds/instance:Instance): multiAz is false.",
        "    Allowed: true.",
        "    Fix: Set database.multiAz to true in Pulumi.prod.yaml, line 12.",
        "    Setting: database.multiAz, Pulumi.prod.yaml:12",
        "    Created at: components/database/database.ts:57",
      ].join("\n"),
    );
    expect(text).not.to.contain("Fix: Set multiAz to true");
  });

  it("asks for the places with the rule, the resource, the property and what is allowed", () => {
    placed();
    expect(asked).to.deep.include({
      rule: "production/database-multi-az",
      urn,
      at: "multiAz",
      allowed: "true",
    });
  });

  it("has them in JSON", () => {
    const rule = jsonReport(results()).stacks[0]?.rules.find((each) => each.rule === "database-multi-az");
    expect(rule?.findings[0]?.places).to.deep.equal({
      setting: {
        setting: "database.multiAz",
        file: "Pulumi.prod.yaml",
        line: 12,
        fix: "Set database.multiAz to true in Pulumi.prod.yaml, line 12.",
      },
      source: { file: "components/database/database.ts", line: 57 },
    });
  });
});

describe("the results as JSON", () => {
  it("are one object", () => {
    const { passed, stacks } = json.parse(JSON.parse(JSON.stringify(jsonReport([dev(), prod()]))));
    expect(passed).to.equal(false);
    expect(stacks.map(({ stack }) => stack)).to.deep.equal(["dev", "prod"]);
    const violated = stacks[1]?.rules.find(({ rule }) => rule === "database-multi-az");
    expect(violated).to.deep.include({ pack: "production", severity: "high", outcome: "violated" });
    expect(violated?.findings.map((finding) => finding.urn)).to.deep.equal([urn]);
  });

  it("state why a preview failed", () => {
    expect(json.parse(JSON.parse(JSON.stringify(jsonReport([cutOff()])))).stacks[0]?.failure).to.contain(
      "capacity.max",
    );
    expect(json.parse(JSON.parse(JSON.stringify(jsonReport([prod()])))).stacks[0]?.failure).to.equal(
      undefined,
    );
  });
});
