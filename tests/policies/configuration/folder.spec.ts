import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readConfigurations } from "../../../policies/configuration/folder";

describe("the stacks' own thresholds", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "thresholds-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const put = (name: string, text: string) => writeFile(join(folder, name), text);

  it("need not be", async () => {
    const { problems, packsOf } = await readConfigurations(["dev"], join(folder, "nowhere"));
    expect(problems).to.deep.equal([]);
    const [guardrails, ...more] = packsOf("dev");
    expect(more).to.deep.equal([]);
    expect(guardrails?.pack.rules.some(guardrails.isDisabled)).to.equal(false);
  });

  it("may switch rules off, of that stack alone", async () => {
    await put("prod.guardrails.json", '{ "imdsv2": "disabled" }');
    const { problems, packsOf } = await readConfigurations(["dev", "prod"], folder);
    expect(problems).to.deep.equal([]);
    const off = (stack: string) =>
      packsOf(stack).flatMap(({ pack, isDisabled }) => pack.rules.filter(isDisabled).map(({ name }) => name));
    expect(off("prod")).to.deep.equal(["imdsv2"]);
    expect(off("dev")).to.deep.equal([]);
  });

  it("are named when they are wrong, all at once", async () => {
    await put("dev.guardrails.json", "{ not JSON");
    await put("prod.guardrails.json", '{ "imdsv3": "disabled" }');
    await put("prod.production.json", '{ "minimum-servers": { "minimumServers": 0 } }');
    await put("dev.production.json", "{}");
    await put("staging.guardrails.json", "{}");
    const { problems } = await readConfigurations(["dev", "prod"], folder);
    const about = (name: string) =>
      problems.filter((problem) => problem.startsWith(`${join(folder, name)}: `));
    expect(about("dev.guardrails.json")[0]).to.contain("no JSON");
    expect(about("prod.guardrails.json")[0]).to.contain("guardrails.imdsv3: no such rule");
    expect(about("prod.production.json")[0]).to.contain(
      "production.minimum-servers.minimumServers: 0; allowed:",
    );
    expect(about("dev.production.json")[0]).to.contain("no stack of the repository has such a pack");
    expect(about("staging.guardrails.json")[0]).to.contain("no stack of the repository has such a pack");
    expect(problems).to.have.length(5);
  });
});
