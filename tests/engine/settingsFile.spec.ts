import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { Failure } from "../../cli/failure";
import { readStackFile, regionInSettings } from "../../engine/settingsFile";

const project = "name: wordpress\nruntime: nodejs\n";
const stack = "config:\n  aws:region: us-east-1\n  wordpress:fleet: { sizing: manual }\n";

describe("the files of a stack", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stack-files-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (files: Readonly<Record<string, string>>) =>
    Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(folder, name), text)));
  const read = (name = "dev") => readStackFile({ project: folder }, name);
  async function refusalOf(name?: string): Promise<Error> {
    const error: unknown = await read(name).catch((cause: unknown) => cause);
    return error instanceof Error ? error : expect.fail("expected the stack to be refused");
  }

  it("have the stack's settings, and the project's settings that the stack's file omits", async () => {
    await write({
      "Pulumi.yaml": `${project}config:\n  wordpress:tags: { default: { Team: web } }\n  aws:region: eu-west-1\n  aws:profile: { value: kim, type: string }\n`,
      "Pulumi.dev.yaml": stack,
    });
    const { config, region, settings } = await read();
    expect(region).to.equal("us-east-1");
    expect(settings.tags).to.deep.equal({ Team: "web" });
    expect(config).to.include({ "aws:profile": "kim" });
  });

  it("have the region alone, or none when they are missing or invalid", async () => {
    const region = (name: string) => regionInSettings({ project: folder }, name);
    await write({
      "Pulumi.yaml": project,
      "Pulumi.dev.yaml": stack,
      "Pulumi.odd.yaml": "config:\n\taws:region: x\n",
    });
    expect(await region("dev")).to.equal("us-east-1");
    expect(await region("odd")).to.be.undefined;
    expect(await region("missing")).to.be.undefined;
  });

  for (const file of ["Pulumi.Dev.yaml", "pulumi.dev.yaml", "Pulumi.dev.yml", "Pulumi.dev.yaml.txt"]) {
    it(`asks to rename ${file}`, async () => {
      await write({ "Pulumi.yaml": project, [file]: stack });
      const error = await refusalOf();
      expect(error).to.be.instanceOf(Failure);
      expect(error.message).to.include(`Rename ${file} to Pulumi.dev.yaml.`);
    });
  }

  it("suggests the nearest stack, and lists all", async () => {
    await write({ "Pulumi.yaml": project, "Pulumi.prod.yaml": stack, "Pulumi.dev.yaml": stack });
    expect((await refusalOf("prd")).message).to.include("Did you mean prod? Use one of dev, prod");
    expect((await refusalOf("staging")).message).to.match(/missing\. Use one of dev, prod/);
  });

  it("names the folder that has no Pulumi.yaml", async () => {
    await write({ "Pulumi.dev.yaml": stack });
    expect((await refusalOf()).message).to.include(`${folder} has no Pulumi.yaml.`);
  });

  for (const [text, problem] of [
    ["name: wordpress\n\truntime: nodejs\n", "Pulumi.yaml:2: "],
    ["", "Pulumi.yaml:1: name: missing"],
    ["name: wordpress\nname: other\nruntime: nodejs\n", 'Pulumi.yaml:2: name: "[repeated key]"'],
    ["name: a b\nruntime: nodejs\n", "Pulumi.yaml:1: name: "],
    [`${project}config: [a]\n`, "Pulumi.yaml:3: config: "],
  ] as const) {
    it(`refuses the project ${JSON.stringify(text)} with file and line`, async () => {
      await write({ "Pulumi.yaml": text, "Pulumi.dev.yaml": stack });
      expect((await refusalOf()).message).to.include(problem);
    });
  }
});
