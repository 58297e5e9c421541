import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { settingsIn } from "../../components/settings/namespace";
import { InvalidSettingsError } from "../../components/settings/problem";
import { Failure } from "../../local/failure";
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

  it("are those of a stack's file, by group, as they stand there", async () => {
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

  it("are shipped for the stack lab", async () => {
    const shipped = path.resolve(__dirname, `../../Pulumi.${classSettingsStack}.yaml`);
    const { groups } = await readClassSettings(shipped);
    expect(classSettingsStack).to.equal("lab");
    expect(groups).to.have.nested.property("fleet.sizing");
  });

  it("are told to be missing with where they were looked for", async () => {
    const missing = path.join(folder, "Pulumi.none.yaml");
    const error: unknown = await readClassSettings(missing).catch((cause: unknown) => cause);
    expect(error)
      .to.be.instanceOf(Failure)
      .that.includes({
        problem: `There is no ${missing}, which has the class's settings.`,
        remedy: "Restore it, or write one.",
      });
    expect(error).to.have.nested.property("cause.code", "ENOENT");
  });

  it("are not taken for missing when they cannot be read", async () => {
    const error: unknown = await readClassSettings(folder).catch((cause: unknown) => cause);
    expect(error).to.have.property("code", "EISDIR");
  });

  it("are told to be no YAML", async () => {
    const error = await failureOf("config: [\n");
    expect(error).to.be.instanceOf(Failure).that.includes({ remedy: "Mend that." });
    expect(error)
      .to.have.property("problem")
      .that.matches(/^Pulumi\.lab\.yaml is no YAML: ./);
    expect(error).to.have.nested.property("cause.name", "YAMLParseError");
  });

  for (const text of ["", "config: 3\n", "config: {}\n", "config: { aws:region: 1 }\n"]) {
    it(`are told to be none of a stack: ${JSON.stringify(text)}`, async () => {
      expect(await failureOf(text))
        .to.be.instanceOf(Failure)
        .that.includes({
          problem: "Pulumi.lab.yaml has no settings of a stack.",
          remedy: "It needs config: with aws:region, as others have.",
        });
    });
  }

  it("are refused with all that is wrong in them", async () => {
    const error = await failureOf(
      "config:\n  aws:region: us-west-2\n  wordpress:fleet: { sizing: perhaps }\n",
    );
    expect(error).to.be.instanceOf(InvalidSettingsError);
    expect(String(error)).to.include("Pulumi.lab.yaml").and.to.include("perhaps");
  });

  it("are refused under another namespace", async () => {
    const error = await failureOf("config:\n  aws:region: us-west-2\n  wordpres:fleet: { paused: true }\n");
    expect(String(error)).to.include("wordpres:fleet").and.to.include("wordpress:fleet");
  });

  it("go into a stack's file and come out of it the same", () => {
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
