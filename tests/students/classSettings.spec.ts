import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { Failure } from "../../cli/failure";
import { settingsIn } from "../../components/settings/namespace";
import { InvalidSettingsError } from "../../components/settings/problem";
import { classSettingsStack, readClassSettings, stackConfig } from "../../students/settings/classSettings";

describe("the settings of a class", () => {
  let folder: string;
  let file: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "class-settings-"));
    file = path.join(folder, "Pulumi.lab.yaml");
  });
  after(() => rm(folder, { recursive: true }));

  async function failureOf(text: string): Promise<unknown> {
    await writeFile(file, text);
    return readClassSettings(file).catch((error: unknown) => error);
  }

  it("reads a stack's file by group", async () => {
    await writeFile(
      file,
      "config:\n  aws:region: us-west-2\n  wordpress:fleet: { sizing: manual, paused: true }\n  aws:profile: lab\n",
    );
    expect(await readClassSettings(file)).to.deep.equal({
      file: "Pulumi.lab.yaml",
      region: "us-west-2",
      groups: { fleet: { sizing: "manual", paused: true } },
    });
  });

  it("finds the shipped settings of the stack lab", async () => {
    const shipped = path.resolve(__dirname, `../../Pulumi.${classSettingsStack}.yaml`);
    const { groups } = await readClassSettings(shipped);
    expect(classSettingsStack).to.equal("lab");
    expect(groups).to.have.nested.property("fleet.sizing");
  });

  it("names the path of a file that does not exist", async () => {
    const missing = path.join(folder, "Pulumi.none.yaml");
    const error: unknown = await readClassSettings(missing).catch((cause: unknown) => cause);
    expect(error)
      .to.be.instanceOf(Failure)
      .that.includes({
        problem: `${missing} does not exist. It has the class's settings.`,
        remedy: "Restore or write this file.",
      });
    expect(error).to.have.nested.property("cause.code", "ENOENT");
  });

  it("does not report an unreadable file as missing", async () => {
    const error: unknown = await readClassSettings(folder).catch((cause: unknown) => cause);
    expect(error).to.have.property("code", "EISDIR");
  });

  for (const [text, line] of [
    ["config: [\n", 2],
    ["", 1],
    ["config: 3\n", 1],
    ["config: {}\n", 1],
    ["config: { aws:region: 1 }\n", 1],
    ["config:\n  aws:region: us-west-2\n  wordpress:fleet: { sizing: perhaps }\n", 3],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} with file and line`, async () => {
      const error = await failureOf(text);
      expect(error).to.be.instanceOf(InvalidSettingsError);
      expect(String(error)).to.include(`Pulumi.lab.yaml:${String(line)}: `);
    });
  }

  it("reads a version without quotes as text", async () => {
    await writeFile(
      file,
      "config:\n  aws:region: us-west-2\n  wordpress:database: { engineVersion: 11.8 }\n  wordpress:fleet: { sizing: manual }\n",
    );
    expect((await readClassSettings(file)).groups["database"]).to.deep.equal({ engineVersion: "11.8" });
  });

  it("refuses settings in another namespace", async () => {
    const error = await failureOf("config:\n  aws:region: us-west-2\n  wordpres:fleet: { paused: true }\n");
    expect(String(error)).to.include("wordpres:fleet").and.to.include("wordpress:fleet");
  });

  it("writes a stack's file that it reads back unchanged", () => {
    const groups = { lab: true, fleet: { paused: true } };
    const config = stackConfig("us-east-1", groups);
    expect(config).to.deep.equal({
      "aws:region": "us-east-1",
      "wordpress:lab": true,
      "wordpress:fleet": { paused: true },
    });
    expect(settingsIn(config)).to.deep.equal(groups);
  });
});
