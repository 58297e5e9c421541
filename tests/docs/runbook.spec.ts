import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { repository } from "../support/repositoryFiles";
import { shippedRun } from "../support/shippedRun";
import { shellLinesOf } from "./commands";
import { linksOf } from "./markdown";

const folder = path.join(repository, "docs", "runbook");
const pages = readdirSync(folder).filter((file) => file !== "README.md");
const textOf = (page: string) => readFileSync(path.join(folder, page), "utf8");

/** What the alarms of `dev` say. It has every alarm: its region reports health checks. */
async function descriptions(): Promise<ReadonlyMap<string, string>> {
  const { resources } = await shippedRun("dev");
  return new Map(
    resources
      .filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")
      .map(({ name, inputs }) => [name, String(inputs["alarmDescription"])]),
  );
}

const pageIn = (description: string) => / What to do: docs\/runbook\/([a-z-]+\.md)$/.exec(description)?.[1];

describe("the runbook", () => {
  it("has one page for each alarm, which the alarm's description names last", async () => {
    const found = await descriptions();
    expect([...found.values()].map(pageIn)).to.have.members(pages);
    for (const [alarm, description] of found) {
      expect(`${alarm}.md`.endsWith(pageIn(description) ?? "nowhere"), alarm).to.equal(true);
      // PutMetricAlarm's limit.
      expect(description.length, alarm).to.be.at.most(1024);
    }
  });

  it("lists every page", () => {
    expect(linksOf(textOf("README.md")).filter((link) => pages.includes(link))).to.have.members(pages);
  });

  for (const page of pages) {
    it(`states meaning, what to look at, what to do and the end, in 60 lines: ${page}`, () => {
      const text = textOf(page);
      expect(text.match(/^## .*$/gm)).to.deep.equal([
        "## Meaning",
        "## Look at",
        "## Do",
        "## When it is over",
      ]);
      expect(text.split("\n").length).to.be.at.most(60);
      expect(shellLinesOf(text), "a command to begin with").not.to.be.empty;
    });
  }
});
