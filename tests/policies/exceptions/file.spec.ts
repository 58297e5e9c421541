import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { configOf } from "../../../policies/configuration/packConfig";
import { noExceptions } from "../../../policies/exceptions/exception";
import { defaultExceptionsFile, forEveryStack, readExceptions } from "../../../policies/exceptions/file";
import { guardrails } from "../../../policies/guardrails/pack";
import { defaultLevelsFile, readLevels } from "../../../policies/levels/file";
import { packs } from "../../../policies/packs";

const today = "2026-12-01";
const names = { packs, areAllPacks: true, stacks: ["dev", "prod"] };

const entry = (rule: string, stack: string, ...more: readonly string[]) => [
  `  - rule: ${rule}`,
  "    resource: web",
  `    stack: ${stack}`,
  "    reason: An old image",
  "    owner: web team",
  "    until: 2027-01-31",
  ...more,
];

describe("the files of exceptions and levels", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "exceptions-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  const written = async (name: string, ...lines: readonly string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, lines.join("\n"));
    return file;
  };
  const exceptions = async (head: readonly string[], ...entries: readonly (readonly string[])[]) =>
    readExceptions(await written("exceptions.yaml", ...head, "exceptions:", ...entries.flat()), names, today);

  it("of the repository are right", () => {
    expect(path.basename(defaultExceptionsFile)).to.equal("exceptions.yaml");
    expect(path.basename(defaultLevelsFile)).to.equal("levels.yaml");
    const stacks = ["dev", "lab", "local", "prod"];
    expect(
      readExceptions(defaultExceptionsFile, { packs, areAllPacks: true, stacks }).problems,
    ).to.deep.equal([]);
    expect(readLevels(defaultLevelsFile, names).problems).to.deep.equal([]);
  });

  it("may be missing", () => {
    const missing = path.join(folder, "missing.yaml");
    expect(readExceptions(missing, names)).to.deep.equal({ ...noExceptions, problems: [] });
    expect(readLevels(missing, names)).to.deep.equal({ levels: [], problems: [] });
  });

  it("have their name and the line in every problem", async () => {
    const { problems } = await exceptions([], entry("imdsv2", "staging"));
    expect(problems).to.deep.equal([
      `${path.join(folder, "exceptions.yaml")}:4: stack: "staging": the project has no such stack; its stacks: dev, prod`,
    ]);
    const levels = await written("levels.yaml", "levels:", "  - 1");
    expect(readLevels(levels, names).problems[0]).to.match(
      /levels\.yaml:2: 1 - allowed: a mapping with rule, /,
    );
  });

  it("configure only the rules that they name", async () => {
    const read = await exceptions(
      [],
      entry("imdsv2", "dev", "    at: metadata*"),
      entry("tls-policy", "prod"),
    );
    expect(configOf(guardrails, { exceptions: read })).to.deep.equal({
      imdsv2: {
        enforcementLevel: "mandatory",
        exceptions: [
          {
            resource: "web",
            stack: "dev",
            at: "metadata*",
            reason: "An old image",
            owner: "web team",
            until: "2027-01-31",
          },
        ],
      },
    });
  });

  it("keep the level and the thresholds of a rule with an exception", async () => {
    const exceptionsOf = await exceptions([], entry("lambda-memory", "dev"));
    const configuration = { "lambda-memory": { maximumMemoryMiB: 256, enforcementLevel: "advisory" } };
    const config = configOf(guardrails, { configuration, exceptions: exceptionsOf })["lambda-memory"];
    expect(config).to.deep.include({ maximumMemoryMiB: 256, enforcementLevel: "advisory" });
    expect(config).to.have.property("exceptions").with.length(1);
  });

  it("pass their limits on: a later end, and the topic of a critical rule", async () => {
    const read = await exceptions(
      ["maximumDays: 365", "criticalTopics: [network-exposure]"],
      entry("no-ports-open-to-world", "dev"),
      entry("imdsv2", "dev"),
    );
    expect(read.problems).to.deep.equal([]);
    const config: Readonly<Record<string, unknown>> = configOf(guardrails, { exceptions: read });
    const grant = {
      ...{ resource: "web", stack: "dev", reason: "An old image", owner: "web team", until: "2027-01-31" },
      maximumDays: 365,
    };
    expect(config["no-ports-open-to-world"]).to.deep.equal({
      enforcementLevel: "mandatory",
      exceptions: [{ ...grant, criticalTopic: "network-exposure" }],
    });
    expect(config["imdsv2"]).to.deep.equal({ enforcementLevel: "mandatory", exceptions: [grant] });
    const without = { ...read, criticalTopics: [] };
    expect(Object.keys(configOf(guardrails, { exceptions: without }))).to.deep.equal(["imdsv2"]);
  });

  it("of one stack can apply to every stack", async () => {
    const read = await exceptions(["maximumDays: 90"], entry("imdsv2", "dev"), entry("imdsv2", "prod"));
    const every = forEveryStack(read, "dev");
    expect(every.entries.map(({ stack, line }) => [stack, line])).to.deep.equal([["*", 3]]);
    expect(every.maximumDays).to.equal(90);
    expect(forEveryStack(read, "lab").entries).to.deep.equal([]);
  });
});
