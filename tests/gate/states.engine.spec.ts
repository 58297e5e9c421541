import { expect } from "chai";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

import { stacksFolder } from "../../engine/checkpoint";
import { projectName } from "../../engine/settingsFile";
import { awsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";
import { runGate } from "./support/gateRun";

const repository = path.resolve(__dirname, "../..");

const printed = z.object({
  passed: z.boolean().default(false),
  stacks: z
    .array(
      z.object({
        stack: z.string(),
        subject: z.string(),
        failure: z.string().optional(),
        drift: z
          .array(z.object({ urn: z.string(), gone: z.boolean(), properties: z.array(z.string()) }))
          .optional(),
        rules: z.array(
          z.object({
            rule: z.string(),
            outcome: z.string(),
            findings: z.array(
              z.object({
                resource: z.string(),
                drifted: z.boolean(),
                places: z.record(z.string(), z.unknown()),
              }),
            ),
          }),
        ),
      }),
    )
    .default([]),
  error: z.string().optional(),
});
type Printed = z.output<typeof printed>;

/** `npm run policy` on running stacks, with the real engine. */
describe("the gate on running stacks", () => {
  let local: LocalRun;
  let facts: ReturnType<typeof succeeded>;

  before(async () => {
    local = await openLocalRun();
    facts = succeeded(await local.run("up", "--stack", "dev", "--recorded"));
  });
  after(async () => {
    await local.close();
  });

  const gate = async (words: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { status, output, stderr } = await runGate(local, ["--json", ...words], env);
    return { status, stderr, results: printed.parse(output === "" ? {} : JSON.parse(output)) };
  };
  const notPassed = ({ stacks }: Printed) =>
    stacks.flatMap(({ rules }) => rules.filter(({ outcome }) => outcome !== "passed"));
  /** The state as the update left it. */
  const stateFile = () => path.join(stacksFolder(local.folders, projectName), "dev.json");

  it("passes what the shipped settings deployed, and judges every rule", async () => {
    const { status, results, stderr } = await gate(["--state", "--local"]);
    expect(status, stderr).to.equal(0);
    expect(results.stacks.map(({ stack, subject }) => [stack, subject])).to.deep.equal([["dev", "state"]]);
    expect(notPassed(results)).to.deep.equal([]);
  });

  it("finds what the state violates: in the backend, without a passphrase, and in an exported file", async () => {
    const before = await readFile(stateFile(), "utf8");
    await writeFile(stateFile(), before.replaceAll('"storageEncrypted":true', '"storageEncrypted":false'));
    const env = { PULUMI_BACKEND_URL: `file://${local.folders.state}`, PULUMI_CONFIG_PASSPHRASE: undefined };
    const inBackend = await gate(["--state", "--stack", "dev"], env);
    const ofLocal = await gate(["--state", "--local"]);
    await writeFile(stateFile(), before);

    expect(inBackend.status, inBackend.stderr).to.equal(1);
    const violated = notPassed(inBackend.results).map(({ rule, outcome }) => `${rule} ${outcome}`);
    expect(violated).to.deep.equal(["encrypted-database violated"]);
    const program = await readFile(path.join(repository, "components/database/database.ts"), "utf8");
    const line = program.split("\n").findIndex((text) => text.includes("new aws.rds.Instance(")) + 1;
    expect(notPassed(ofLocal.results)[0]?.findings[0]?.places).to.deep.equal({
      source: { file: "components/database/database.ts", line },
    });

    const exported = path.join(local.folders.project, "dev.json");
    const { checkpoint } = z
      .object({ checkpoint: z.object({ latest: z.unknown() }) })
      .parse(JSON.parse(before));
    const deployment = JSON.stringify({ version: 3, deployment: checkpoint.latest });
    await writeFile(exported, deployment.replaceAll('"httpTokens":"required"', '"httpTokens":"optional"'));
    const inFile = await gate(["--exported", exported]);
    expect(notPassed(inFile.results).map(({ rule }) => rule)).to.deep.equal(["imdsv2"]);
  });

  it("judges what the account has, marks the drift and changes nothing", async () => {
    const target = targetOf(facts);
    const clients = awsClients(target);
    const { resources } = z
      .object({ resources: z.array(z.object({ urn: z.string(), id: z.string().optional() })) })
      .parse(
        z
          .object({ checkpoint: z.object({ latest: z.unknown() }) })
          .parse(JSON.parse(await readFile(stateFile(), "utf8"))).checkpoint.latest,
      );
    const subnet = resources.find(({ urn }) => urn.endsWith("Subnet::wordpress-vpc-private-1"));
    const ec2 = await clients.ec2();
    await ec2.modifySubnetAttribute({ SubnetId: subnet?.id, MapPublicIpOnLaunch: { Value: true } });
    const before = await readFile(stateFile(), "utf8");
    const { status, results, stderr } = await gate(["--live", "--local"]);

    const program = await readFile(path.join(repository, "index.ts"), "utf8");
    const networkLine = program.split("\n").findIndex((text) => text.includes("new Network(")) + 1;
    expect(status, stderr).to.equal(1);
    expect(results.stacks[0]?.failure ?? "").to.equal("");
    expect(notPassed(results).map(({ rule, findings }) => ({ rule, findings }))).to.deep.equal([
      {
        rule: "no-public-subnet-default",
        findings: [
          {
            resource: "wordpress-vpc-private-1",
            drifted: true,
            // The engine records no line for a remote component such as awsx.ec2.Vpc, so its parent's counts.
            places: { source: { file: "index.ts", line: networkLine } },
          },
        ],
      },
    ]);
    expect(results.stacks[0]?.drift).to.deep.equal([
      { urn: subnet?.urn, gone: false, properties: ["mapPublicIpOnLaunch"] },
    ]);
    expect(await readFile(stateFile(), "utf8")).to.equal(before);
    // The state does not know it.
    expect((await gate(["--state", "--local"])).status).to.equal(0);
  });

  it("refuses stacks without a state, wrong files and contradictions", async () => {
    const unknown = await gate(["--state", "--local", "--stack", "prod"]);
    expect(unknown.status).to.equal(2);
    expect(unknown.results.error).to.contain("--stack prod: no such stack has a state here");
    const wrong = await gate(["--exported", path.join(repository, "package.json")]);
    expect(wrong.status).to.equal(2);
    expect(wrong.results.error).to.contain("not the state of a stack");
    const nowhere = await gate(["--state"], { PULUMI_BACKEND_URL: "file:///nowhere/at/all" });
    expect(nowhere.status).to.equal(1);
    expect(nowhere.results.error).to.contain("cannot read the stacks");
    expect(nowhere.results.error).to.contain("--local");
  });
});
