import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { readConfiguration } from "../../../policies/configuration/file";
import { production } from "../../../policies/production/pack";

describe("a file of thresholds", () => {
  let file: string;
  before(async () => {
    file = path.join(await mkdtemp(path.join(tmpdir(), "thresholds-")), "prod.production.json");
  });
  after(async () => {
    await rm(path.dirname(file), { recursive: true });
  });

  const read = async (content: unknown) => {
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return readConfiguration(production, file);
  };

  it("has the rules' configurations, directly or in version 2 of Pulumi's format", async () => {
    const configuration = { "tls-policy": "advisory" };
    expect(await read(configuration)).to.deep.equal({ configuration });
    expect(await read({ version: 2, policies: configuration })).to.deep.equal({ configuration });
    expect(await read({ version: 2 })).to.deep.equal({ configuration: {} });
  });

  it("has no exceptions of Pulumi's own, and no unknown keys", async () => {
    expect(await read({ version: 3, exceptions: {}, policy: {}, policies: { all: "no" } })).to.deep.equal({
      problems: [
        `${file}: version: 3 - allowed: 2, or no version`,
        `${file}: exceptions: Pulumi's own exceptions have no end - allowed: exceptions in policies/exceptions.yaml`,
        `${file}: policy: unknown; the file's keys: version, policies`,
        `${file}: all: "no" - allowed: one of advisory, mandatory, remediate, disabled`,
      ],
    });
  });

  it("is JSON", async () => {
    const broken = await read("{");
    expect("problems" in broken ? broken.problems.join() : "").to.match(/: the file is not valid JSON: /);
  });
});
