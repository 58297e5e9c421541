import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { stackNamesIn } from "../../gate/stackNames";

describe("the stacks of a project", () => {
  it("are those that have a file of settings", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "project-"));
    const files = ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.dev.yaml", "Pulumi.lab.yaml.bak", "notes.yaml"];
    for (const file of files) await writeFile(path.join(folder, file), "");
    expect(await stackNamesIn(folder)).to.deep.equal(["dev", "prod"]);
    await rm(folder, { recursive: true });
  });

  it("are the four shipped ones", async () => {
    const root = path.resolve(__dirname, "../..");
    expect(await stackNamesIn(root)).to.deep.equal(["dev", "lab", "local", "prod"]);
  });
});
