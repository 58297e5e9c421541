import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { openLocalRun, succeeded, type LocalRun } from "../support/localRun";
import { repository } from "../support/repositoryFiles";
import { shellLinesOf } from "./commands";
import { runLine, writeNpm } from "./documentedCommands";

const page = readFileSync(path.join(repository, "docs/getting-started.md"), "utf8");
const sections = page.split(/^## /m).slice(1);

/** Commands that need servers that boot, or end what the other sections use. The live tests and the gate's run them. */
const runElsewhere = /-- (load|watch|kill|open|stop|down)\b|^npm run policy -- --stack/;

/** What the commands of a section must print, in order. Sections without an entry have no command that runs here. */
const printed: Readonly<Record<string, readonly RegExp[]>> = {
  "1. An image of your own": [/ami-\w+ \S+ available/],
  "2. Servers in two Availability Zones": [/us-east-1a None.*us-east-1b None/],
  "3. The target group": [/ \/healthz vpc-/, /i-\w+ healthy i-\w+ healthy/],
  "5. Scale out, not up": [/t3\.micro ami-/],
  "6. Minimum, desired, maximum": [/ 1 2 4 /, /^/, /"max":1\} - allowed: min <= desired <= max/, /^/],
  "7. Four ways to size a group": [
    /^/,
    /ticket-sale 0 8 \* \* MON-FRI Asia\/Seoul 3/,
    /TargetTrackingScaling 80\.0/,
  ],
  "8. The launch template": [/required True/],
  "9. The Auto Scaling group of the course": [/is up/, / 1 1 2 ELB 180 10 /, /is destroyed/],
  "11. Stop the group": [/^/, /desiredCapacity/, /^/, /desiredCapacity/],
  "12. Network and database": [/local, igw-/, /acl-\w+ False/, /mariadb False True available/],
  "13. The function that launches servers": [/"launched".*i-/],
  "14. A schedule": [/Asia\/Seoul UTC .*T09:00:00\+09:00 \S+T00:00:00Z/, /launch-\w+ ENABLED/],
  "15. Limits": [/maximumMemoryMiB = 3008/],
  "16. Other ways to call a function": [/^/, /functionUrl:FunctionUrl/, /^/],
};

function runnable(section: string): readonly string[] {
  const lines = shellLinesOf(section);
  return section.startsWith("9. ") ? lines : lines.filter((line) => !runElsewhere.test(line));
}

describe("the commands of docs/getting-started.md", () => {
  let local: LocalRun;
  let bin: string;

  before(async () => {
    local = await openLocalRun();
    bin = await writeNpm(local);
    succeeded(await local.run("up"));
  });
  after(() => local.close());

  it("are expected to print something, in every section with one that runs here", () => {
    const withCommands = sections.filter((section) => runnable(section).length > 0);
    expect(withCommands.map((section) => section.split("\n")[0])).to.deep.equal(Object.keys(printed));
  });

  for (const [title, expected] of Object.entries(printed)) {
    it(`print what the page names: ${title}`, async () => {
      const section = sections.find((each) => each.startsWith(`${title}\n`)) ?? "";
      const lines = runnable(section);
      expect(lines).to.have.length(expected.length);
      for (const [index, line] of lines.entries()) {
        // A test's standard output is no file that another program can open.
        const output = path.join(local.folders.project, "output.json");
        const text = line.includes("/dev/stdout")
          ? await runLine(`${line.replace("/dev/stdout", `'${output}'`)} && cat '${output}'`, bin)
          : await runLine(line, bin);
        expect(text, line).to.match(expected[index] ?? /./);
      }
    });
  }
});
