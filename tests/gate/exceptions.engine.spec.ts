import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { daysLater, today } from "../../policies/exceptions/day";
import { openLocalRun, type LocalRun } from "../support/localRun";
import { runGate } from "./support/gateRun";

/** `npm run policy` with the real engine, on a stack that violates a rule of prod: no backups of the uploads. */
describe("the gate with exceptions, levels and a baseline", () => {
  let local: LocalRun;
  let folder: string;

  before(async () => {
    local = await openLocalRun();
    folder = await mkdtemp(path.join(tmpdir(), "exceptions-"));
    await local.change("prod", "uploadsBackups: true", "uploadsBackups: false");
  });
  after(async () => {
    await local.close();
    await rm(folder, { recursive: true });
  });

  const gate = (...words: readonly string[]) => runGate(local, ["--stack", "prod", ...words]);

  const written = async (name: string, ...lines: readonly string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, lines.join("\n"));
    return file;
  };

  const exceptions = (resource: string, until: string) =>
    written(
      "exceptions.yaml",
      "exceptions:",
      "  - rule: file-system-backups",
      `    resource: ${resource}`,
      "    stack: prod",
      "    reason: The uploads are copied by another system",
      "    owner: web team",
      `    until: ${until}`,
    );

  it("shows an excepted violation and passes", async () => {
    const until = daysLater(today(), 30);
    const sarif = path.join(folder, "out.sarif");
    const file = await exceptions("wordpress-uploads", until);
    const { status, output, stderr } = await gate("--exceptions", file, "--sarif", sarif);
    expect(status, `${output}\n${stderr}`).to.equal(0);
    expect(output).to.match(/^\| production\/file-system-backups +\| excepted +\|$/m);
    expect(output).to.contain("excepted: prod, production/file-system-backups, wordpress-uploads");
    expect(output).to.contain(
      `excepted until ${until}, because The uploads are copied by another system (web team)`,
    );
    expect(output).to.match(/\nNo stack violates a rule; 1 violation is excepted\.\n$/);
    expect(await readFile(sarif, "utf8")).to.contain('"kind": "external"');
  });

  it("fails, with the line, for one that has ended, and for one that covers nothing", async () => {
    const ended = await gate("--exceptions", await exceptions("wordpress-uploads", daysLater(today(), -1)));
    expect(ended.status, ended.stderr).to.equal(1);
    expect(ended.output).to.match(/exceptions\.yaml:2: the exception ended on /);
    expect(ended.output).to.match(/^\| production\/file-system-backups +\| VIOLATED +\|$/m);
    expect(ended.output).to.contain("The exception for it ended on");

    const unused = await gate("--exceptions", await exceptions("uploads", daysLater(today(), 1)));
    expect(unused.status).to.equal(1);
    expect(unused.output).to.match(
      /exceptions\.yaml:2: no violation of production\/file-system-backups matches the exception \(owner: web team\)/,
    );
    expect(unused.output).to.contain("1 rule is violated, 1 exception ended or unused;");
  });

  it("refuses an unknown rule and an unknown stack before it previews", async () => {
    const file = await written(
      "wrong.yaml",
      "exceptions:",
      "  - rule: file-system-backup",
      "    resource: wordpress-uploads",
      "    stack: staging",
      "    reason: none",
      "    owner: web team",
      `    until: ${today()}`,
    );
    const { status, stderr } = await gate("--exceptions", file);
    expect(status).to.equal(2);
    expect(stderr).to.contain(
      `${file}:2: rule: "file-system-backup": no pack has this rule; did you mean file-system-backups?`,
    );
    expect(stderr).to.contain(`${file}:4: stack: "staging": the project has no such stack;`);
  });

  it("advises until a day, and passes what a baseline has", async () => {
    const until = daysLater(today(), 30);
    const levels = await written(
      "levels.yaml",
      "levels:",
      "  - tag: backup",
      "    level: advisory",
      `    until: ${until}`,
      "    reason: Teams fix this in January",
    );
    const advised = await gate("--levels", levels);
    expect(advised.status, advised.stderr).to.equal(0);
    expect(advised.output).to.match(/^\| production\/file-system-backups +\| advice +\|$/m);
    expect(advised.output).to.contain(
      `Level: advisory until ${until}, then mandatory: Teams fix this in January`,
    );

    const baseline = path.join(folder, "baseline.json");
    expect((await gate("--write-baseline", baseline)).status).to.equal(0);
    const compared = await gate("--baseline", baseline);
    expect(compared.status, compared.stderr).to.equal(0);
    expect(compared.output).to.match(/^\| production\/file-system-backups +\| known +\|$/m);
    expect(compared.output).to.match(/\nNo new violation; 1 violation is in the baseline\.\n$/);
  });

  it("explains a rule without a preview", async () => {
    const { status, output } = await gate("--explain", "file-system-backups");
    expect(status).to.equal(0);
    expect(output).to.match(/^production\/file-system-backups: /);
  });
});
