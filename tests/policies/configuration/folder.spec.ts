import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readConfigurations } from "../../../policies/configuration/folder";

describe("the folder with the stacks' thresholds", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "thresholds-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const put = (name: string, text: string) => writeFile(join(folder, name), text);

  it("may be missing", async () => {
    const { problems, packsOf } = await readConfigurations(["dev"], join(folder, "missing"));
    expect(problems).to.deep.equal([]);
    const [guardrails, ...more] = packsOf("dev");
    expect(more).to.deep.equal([]);
    expect(guardrails?.pack.rules.some(guardrails.isDisabled)).to.equal(false);
  });

  it("disables a rule for the stack of the file only", async () => {
    await put("prod.guardrails.json", '{ "imdsv2": "disabled" }');
    const { problems, packsOf } = await readConfigurations(["dev", "prod"], folder);
    expect(problems).to.deep.equal([]);
    const disabled = (stack: string) =>
      packsOf(stack).flatMap(({ pack, isDisabled }) => pack.rules.filter(isDisabled).map(({ name }) => name));
    expect(disabled("prod")).to.deep.equal(["imdsv2"]);
    expect(disabled("dev")).to.deep.equal([]);
  });

  it("reports every problem of every file, and every file that no stack uses", async () => {
    await put("dev.guardrails.json", "{ not JSON");
    await put("prod.guardrails.json", '{ "imdsv3": "disabled" }');
    await put("prod.production.json", '{ "minimum-servers": { "minimumServers": 0 } }');
    await put("dev.production.json", "{}");
    await put("prod.guardrail.json", "{}");
    await put("notes.txt", "");
    const { problems } = await readConfigurations(["dev", "prod"], folder);
    const about = (name: string) => {
      const start = `${join(folder, name)}: `;
      return problems.filter((each) => each.startsWith(start)).map((each) => each.slice(start.length));
    };
    expect(about("dev.guardrails.json")[0]).to.match(/^the file is not valid JSON: .*position 2/);
    expect(about("prod.guardrails.json")).to.deep.equal([
      "imdsv3: the pack guardrails has no such rule; did you mean imdsv2?",
    ]);
    expect(about("prod.production.json")).to.deep.equal([
      "minimum-servers.minimumServers: 0 - allowed: a whole number of at least 1",
    ]);
    const unused = "no stack uses this file; a file is named <stack>.<pack>.json,";
    expect(about("dev.production.json")).to.deep.equal([`${unused} did you mean prod.production.json?`]);
    expect(about("prod.guardrail.json")).to.deep.equal([`${unused} did you mean prod.guardrails.json?`]);
    expect(about("notes.txt")).to.deep.equal([
      `${unused} the files that are used: dev.guardrails.json, prod.guardrails.json, prod.production.json`,
    ]);
    expect(problems).to.have.length(6);
  });
});
