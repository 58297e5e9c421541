import { expect } from "chai";
import { z } from "zod";

import { production } from "../../../policies/production/pack";
import { jsonReport } from "../../../policies/report/json";
import { allPass, stackResult } from "../../../policies/report/results";
import { renderSarif } from "../../../policies/report/sarif";
import { renderTable } from "../../../policies/report/table";
import { sarifProblems } from "../../support/sarifSchema";
import { outcomeIn, packOf, run, standby } from "./runs";

const exception = { reason: "The launch is in February", until: "2027-02-28", owner: "web team" };
const excepted = { ...standby, enforcementLevel: "advisory", exception };
const text = "excepted until 2027-02-28, because The launch is in February (web team)";
const problem = { file: "policies/exceptions.yaml", line: 12, text: "the exception ended on 2026-11-30" };

const notes = { exceptionProblems: [problem], baseline: undefined };

const prod = () => stackResult(run("prod", [packOf(production)], excepted));
const both = () =>
  stackResult(run("prod", [packOf(production)], excepted, { ...standby, resourceUrn: "a::b::c::other" }));

const suppressed = z.object({
  runs: z.tuple([
    z.object({
      invocations: z.tuple([
        z.object({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.unknown()).default([]),
        }),
      ]),
      results: z.array(z.object({ level: z.string(), suppressions: z.array(z.unknown()).optional() })),
    }),
  ]),
});

describe("an excepted violation in a report", () => {
  it("passes, unless another one of the rule is not excepted", () => {
    expect(outcomeIn(prod(), "database-multi-az")).to.equal("excepted");
    expect(allPass([prod()])).to.equal(true);
    expect(outcomeIn(both(), "database-multi-az")).to.equal("violated");
    expect(allPass([both()])).to.equal(false);
  });

  it("is in the table, with the end and the reason, and in a count of its own", () => {
    const table = renderTable([prod()]);
    expect(table).to.match(/^\| production\/database-multi-az +\| excepted +\|$/m);
    expect(table).to.contain(
      `excepted: prod, production/database-multi-az, wordpress-database\n\n    ${text}\n    A database has a standby.`,
    );
    expect(table).to.match(/\n\nNo stack violates a rule; 1 violation is excepted\.$/);
    expect(renderTable([both()])).to.match(/\n\n1 rule is violated, 1 violation is excepted; see above/);
  });

  it("is in the JSON, with its parts", () => {
    const report = jsonReport([prod()]);
    expect(report.passed).to.equal(true);
    expect(report.exceptions).to.deep.equal({ excepted: 1, problems: [] });
    const rule = report.stacks[0]?.rules.find((each) => each.rule === "database-multi-az");
    expect(rule?.outcome).to.equal("excepted");
    expect(rule?.findings[0]?.exception).to.deep.equal(exception);
  });

  it("is suppressed in SARIF, at the level of a violation", () => {
    const sarif: unknown = JSON.parse(renderSarif([both()]));
    expect(sarifProblems(sarif)).to.deep.equal([]);
    const [{ results }] = suppressed.parse(sarif).runs;
    expect(results.map(({ level }) => level)).to.deep.equal(["error", "error"]);
    expect(results.map(({ suppressions }) => suppressions)).to.deep.equal([
      [
        {
          kind: "external",
          status: "accepted",
          justification: text,
          properties: { until: "2027-02-28", owner: "web team" },
        },
      ],
      undefined,
    ]);
  });

  it("of Pulumi's own has no end and no owner", () => {
    const own = stackResult(
      run("prod", [packOf(production)], { ...standby, exception: { id: "EXC-1", reason: "it is a test" } }),
    );
    expect(outcomeIn(own, "database-multi-az")).to.equal("excepted");
    expect(renderTable([own])).to.contain("    excepted, because it is a test (EXC-1)\n");
  });
});

describe("an exception that is wrong", () => {
  it("fails the run, with the file and the line in every format", () => {
    expect(allPass([prod()], notes)).to.equal(false);
    expect(renderTable([prod()], notes)).to.contain(
      "FAILED: exception\n\n    policies/exceptions.yaml:12: the exception ended on 2026-11-30",
    );
    expect(renderTable([prod()], notes)).to.match(
      /\n\n1 exception ended or unused, 1 violation is excepted; see/,
    );
    expect(jsonReport([prod()], notes)).to.deep.include({
      passed: false,
      exceptions: { excepted: 1, problems: [problem] },
    });
    const sarif: unknown = JSON.parse(renderSarif([prod()], notes));
    expect(sarifProblems(sarif)).to.deep.equal([]);
    expect(suppressed.parse(sarif).runs[0].invocations[0]).to.deep.equal({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: problem.text },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "policies/exceptions.yaml" },
                region: { startLine: 12 },
              },
            },
          ],
        },
      ],
    });
  });
});
