import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../../cli/sharedCache";
import { readCheckpoint } from "../../engine/checkpoint";
import { foldersOf } from "../../engine/folders";
import { findPulumi } from "../../engine/pulumiCli/command";
import { openStack } from "../../engine/stack";

const projectName = "made";

describe("a new stack on the real engine", () => {
  let home: string;

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "stacks-"));
  });
  after(() => rm(home, { recursive: true }));

  const command = () =>
    findPulumi(sharedCache(process.env), { run: (_title, work) => work(() => undefined) });

  const settle = async (stackName: string) => {
    const settingsFolder = path.join(home, "stacks", stackName);
    const settings = path.join(settingsFolder, `Pulumi.${stackName}.yaml`);
    await mkdir(settingsFolder, { recursive: true });
    await writeFile(path.join(settingsFolder, "Pulumi.yaml"), `name: ${projectName}\nruntime: nodejs\n`);
    if (!existsSync(settings)) await writeFile(settings, `config: { made:who: ${stackName} }\n`);
    const folders = foldersOf({ repository: home });
    await mkdir(folders.state, { recursive: true });
    return { settingsFolder, folders };
  };

  const open = async (stackName: string) => {
    const { settingsFolder, folders } = await settle(stackName);
    const stack = await openStack({
      folders,
      stackName,
      projectName,
      settingsFolder,
      command: await command(),
      program: () => Promise.resolve({ who: pulumi.secret(new pulumi.Config().require("who")) }),
      providers: {},
    });
    await stack.up();
    const { encryptionSalt, encryptedKey } = await stack.workspace.stackSettings(stackName);
    return { outputs: await stack.workspace.stackOutputs(stackName), encryptionSalt, encryptedKey, folders };
  };

  it("is created by the CLI once; later ones are copies with their own name, settings and secrets", async () => {
    const first = await open("first");
    const second = await open("second");
    expect(first.outputs["who"]).to.deep.equal({ value: "first", secret: true });
    expect(second.outputs["who"]).to.deep.equal({ value: "second", secret: true });
    expect(second.encryptedKey).to.equal(first.encryptedKey).and.be.a("string");
    expect(second).to.have.property("encryptionSalt", undefined);
    const state = await readFile(path.join(first.folders.state, ".pulumi/stacks/made/second.json"), "utf8");
    expect(state).to.include('"organization/made/second"').and.not.include("first");
    expect(await readCheckpoint(first.folders, projectName, "second")).to.deep.include({ resources: [] });
  });

  it("leaves no logs behind", async () => {
    const { folders } = await open("unlogged");
    expect((await stat(path.join(folders.pulumiHome, "logs"))).isFile()).to.equal(true);
  });

  it("may be an older one, whose secrets have a passphrase", async () => {
    const { settingsFolder, folders } = await settle("old");
    const workspace = await LocalWorkspace.create({
      workDir: settingsFolder,
      envVars: { PULUMI_BACKEND_URL: `file://${folders.state}`, PULUMI_CONFIG_PASSPHRASE: "local" },
      pulumiCommand: await command(),
      program: () => Promise.resolve({ kept: pulumi.secret("older") }),
    });
    await (await Stack.create("old", workspace)).up();
    const { outputs, encryptionSalt, encryptedKey } = await open("old");
    expect(encryptionSalt).to.match(/^v1:/);
    expect(encryptedKey).to.equal(undefined);
    expect(outputs).to.deep.equal({ who: { value: "old", secret: true } });
  });
});
