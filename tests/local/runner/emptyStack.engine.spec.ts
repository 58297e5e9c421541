import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { foldersOf, sharedCache } from "../../../local/folders";
import { readCheckpoint } from "../../../local/pulumi/checkpoint";
import { findPulumi } from "../../../local/pulumi/command";
import { openStack } from "../../../local/pulumi/stack";

const projectName = "made";

describe("a new stack on the real engine", function () {
  this.timeout(60_000);
  let home: string;

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "stacks-"));
  });
  after(() => rm(home, { recursive: true }));

  const open = async (stackName: string) => {
    const settingsFolder = path.join(home, "stacks", stackName);
    await mkdir(settingsFolder, { recursive: true });
    await writeFile(path.join(settingsFolder, "Pulumi.yaml"), `name: ${projectName}\nruntime: nodejs\n`);
    await writeFile(
      path.join(settingsFolder, `Pulumi.${stackName}.yaml`),
      `config: { made:who: ${stackName} }\n`,
    );
    const folders = foldersOf({ repository: home });
    const stack = await openStack({
      folders,
      stackName,
      projectName,
      settingsFolder,
      command: await findPulumi(sharedCache(process.env), { run: (_title, work) => work(() => undefined) }),
      program: () => Promise.resolve({ who: pulumi.secret(new pulumi.Config().require("who")) }),
      providers: {},
    });
    await stack.up();
    const { encryptionSalt } = await stack.workspace.stackSettings(stackName);
    return { outputs: await stack.workspace.stackOutputs(stackName), encryptionSalt, folders };
  };

  it("is made by the CLI once; later ones are copies that have their own name, settings and secrets", async () => {
    const first = await open("first");
    const second = await open("second");
    expect(first.outputs["who"]).to.deep.equal({ value: "first", secret: true });
    expect(second.outputs["who"]).to.deep.equal({ value: "second", secret: true });
    expect(second.encryptionSalt).to.equal(first.encryptionSalt).and.match(/^v1:/);
    const state = await readFile(path.join(first.folders.state, ".pulumi/stacks/made/second.json"), "utf8");
    expect(state).to.include('"organization/made/second"').and.not.include("first");
    expect(await readCheckpoint(first.folders, projectName, "second")).to.deep.include({ resources: [] });
  });
});
