import { ComponentResource } from "@pulumi/pulumi";
import { expect } from "chai";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sharedCache } from "../../../cli/sharedCache";
import { foldersOf } from "../../../engine/folders";
import { serveAnalyzer } from "../../../engine/patches/analyzer";
import { collectPolicyEvents } from "../../../engine/policyEvents";
import { findPulumi } from "../../../engine/pulumiCli/command";
import { openStack } from "../../../engine/stack";

class Thing extends ComponentResource {
  constructor(name: string) {
    super("test:index:Thing", name);
    this.registerOutputs({});
  }
}

const urnOf = (name: string) => `urn:pulumi:dev::exceptions::test:index:Thing::${name}`;

/** What the README states about the CLI's own exceptions, with the CLI. */
describe("an exception of Pulumi's own", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "own-exceptions-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** Previews two things, which a rule refuses, with exceptions for some of them. */
  const preview = async (...excepted: readonly string[]) => {
    const settingsFolder = path.join(folder, "settings");
    await mkdir(settingsFolder, { recursive: true });
    await writeFile(path.join(settingsFolder, "Pulumi.yaml"), "{ name: exceptions, runtime: nodejs }");
    const stack = await openStack({
      folders: foldersOf({ repository: path.resolve(__dirname, "../../.."), local: folder }),
      stackName: "dev",
      projectName: "exceptions",
      settingsFolder,
      command: await findPulumi(sharedCache(process.env), { run: (_title, work) => work(() => undefined) }),
      providers: {},
      program: () => {
        for (const name of ["one", "two"]) new Thing(name);
        return Promise.resolve({});
      },
    });
    const served = await serveAnalyzer({
      name: "policies",
      version: "1.0.0",
      policies: [
        {
          name: "test/no-things",
          description: "There are no things.",
          enforcementLevel: "mandatory",
          validateResource: ({ type }, report) => {
            if (type === "test:index:Thing") report("It is a thing.");
          },
        },
      ],
      initialConfig: {},
    });
    const executable = path.join(folder, "policies");
    await writeFile(executable, `#!/bin/sh\necho ${String(served.port)}\n`, { mode: 0o755 });
    const config = path.join(folder, "config.json");
    const match = [{ policies: ["test/no-things"], targets: excepted.map(urnOf) }];
    const exceptions = { "EXC-1": { reason: "It is a test", match } };
    await writeFile(config, JSON.stringify({ version: 2, policies: {}, exceptions }));
    const { onEvent, events } = collectPolicyEvents();
    let output = "";
    const passed = await stack
      .preview({
        onEvent,
        onOutput: (text) => (output += text),
        policyPacks: [executable],
        policyPackConfigs: [config],
        color: "never",
      })
      .then(
        () => true,
        () => false,
      )
      .finally(served.stop);
    return { passed, events, output };
  };

  it("covers a policy on an exact URN; the event keeps its level and has the exception", async () => {
    const { passed, events } = await preview("one");
    expect(passed).to.equal(false);
    expect(
      events.map(({ resourceUrn, enforcementLevel, exception }) => [
        resourceUrn,
        enforcementLevel,
        exception,
      ]),
    ).to.have.deep.members([
      [urnOf("one"), "mandatory", { id: "EXC-1", reason: "It is a test" }],
      [urnOf("two"), "mandatory", undefined],
    ]);
  });

  it("lets the stack pass, and shows only the number of violations", async () => {
    const { passed, output } = await preview("one", "two");
    expect(passed, output).to.equal(true);
    expect(output).to.contain("[exempted]  test/no-things  (2 violations)");
    expect(output).not.to.contain("It is a thing.");
  });

  it("has no patterns", async () => {
    const { passed, events } = await preview("*");
    expect(passed).to.equal(false);
    expect(events.filter(({ exception }) => exception !== undefined)).to.deep.equal([]);
  });
});
