import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";

import { packsOf } from "../../policies/packs";
import { openLocalRun, type LocalRun } from "../support/localRun";
import { runGate } from "./support/gateRun";

const repository = path.resolve(__dirname, "../..");

const printed = z.object({
  passed: z.boolean(),
  stacks: z
    .array(
      z.object({
        stack: z.string(),
        failure: z.string().optional(),
        rules: z.array(z.object({ pack: z.string(), rule: z.string(), outcome: z.string() })),
      }),
    )
    .default([]),
  error: z.string().optional(),
});

/** `npm run policy` with the real engine. */
describe("the gate", () => {
  let local: LocalRun;
  let thresholds: string;

  before(async () => {
    local = await openLocalRun();
    thresholds = await mkdtemp(path.join(tmpdir(), "thresholds-"));
  });
  after(async () => {
    await local.close();
    await rm(thresholds, { recursive: true });
  });

  const gate = (...words: readonly string[]) => runGate(local, words);

  /** The rules of a stack with another outcome than `passed`. */
  const notPassed = ({ stacks }: z.output<typeof printed>, name: string) =>
    stacks
      .filter(({ stack }) => stack === name)
      .flatMap(({ rules }) => rules.filter(({ outcome }) => outcome !== "passed"))
      .map(({ pack, rule, outcome }) => `${pack}/${rule} ${outcome}`);

  // Only the update knows which of awsx's subnets a property refers to, and the ARNs in policies.
  const subnets = [
    "guardrails/several-zones not judged",
    "guardrails/database-in-private-subnets not judged",
  ];
  // The file system's policy has its ARN, and a function's environment has other resources' names.
  const everywhere = [
    "guardrails/no-public-resource-policies not judged",
    "guardrails/no-plain-secrets not judged",
  ];
  const waiting = [
    ...subnets,
    "guardrails/iam-no-star-on-star not judged",
    "guardrails/iam-pass-role-scoped not judged",
    "guardrails/iam-mail-sender-fixed not judged",
    "guardrails/iam-trust-not-open not judged",
    ...everywhere,
  ];

  it("passes every shipped stack, with no rule disabled", async () => {
    const { status, output, stderr } = await gate("--json");
    expect(status, stderr).to.equal(0);
    const results = printed.parse(JSON.parse(output));
    expect(results.stacks.map(({ stack }) => stack)).to.deep.equal(["dev", "lab", "local", "prod"]);
    for (const { stack, rules } of results.stacks) {
      const expected = packsOf(stack).flatMap(({ pack }) =>
        pack.rules.map(({ name }) => `${pack.name}/${name}`),
      );
      expect(rules.map(({ pack, rule }) => `${pack}/${rule}`)).to.deep.equal(expected);
      // The lab creates no IAM policies, whose rules would wait for the update.
      expect(notPassed(results, stack), stack).to.deep.equal(
        stack === "lab" ? [...subnets, ...everywhere] : waiting,
      );
    }
  });

  it("reports the violated rule of one stack and the failed preview of another", async () => {
    await local.change("prod", "uploadsBackups: true", "uploadsBackups: false");
    await local.change("dev", "storageType: gp2", "storageType: gp9");
    const file = path.join(thresholds, "out.sarif");
    const { status, output } = await gate("--stack", "prod", "--stack", "dev", "--sarif", file);
    await local.change("prod", "uploadsBackups: false", "uploadsBackups: true");
    await local.change("dev", "storageType: gp9", "storageType: gp2");

    expect(status).to.equal(1);
    expect(output).to.match(/^\| rule +\| prod +\| dev +\|$/m);
    expect(output).to.match(/^\| production\/file-system-backups +\| VIOLATED +\| +\|$/m);
    expect(output).to.match(/^\| guardrails\/imdsv2 +\| ok +\| not judged \|$/m);
    expect(output).to.contain("VIOLATED: prod, production/file-system-backups, wordpress-uploads");
    const settings = await readFile(path.join(local.folders.project, "Pulumi.prod.yaml"), "utf8");
    const line = settings.split("\n").findIndex((text) => text.includes("uploadsBackups")) + 1;
    const place = `Pulumi.prod.yaml:${String(line)}`;
    expect(output).to.contain(`Fix: Set fleet.uploadsBackups to true in ${place.replace(":", ", line ")}.`);
    expect(output).to.contain(`Setting: fleet.uploadsBackups, ${place}`);
    const uploads = await readFile(path.join(repository, "components/wordpressFleet/uploads.ts"), "utf8");
    const created = uploads.split("\n").findIndex((text) => text.includes("new aws.efs.FileSystem(")) + 1;
    expect(output).to.contain(`Created at: components/wordpressFleet/uploads.ts:${String(created)}`);
    expect(output).to.match(/FAILED: preview of dev\n\n(?: {4}.*\n)* {4}.*storageType/);
    expect(output).to.contain("1 rule is violated, 1 preview failed; see above for the fixes.");
    expect(await readFile(file, "utf8")).to.contain("production/file-system-backups");
    await rm(file);
  });

  it("applies a stack's own thresholds to that stack only", async () => {
    const file = path.join(thresholds, "local.guardrails.json");
    await writeFile(file, '{ "lambda-memory": { "maximumMemoryMiB": 128 }, "imdsv2": "disabled" }');
    const { status, output, stderr } = await gate(
      ...["--json", "--stack", "local", "--stack", "dev", "--thresholds", thresholds],
    );
    await rm(file);
    expect(status, stderr).to.equal(1);
    const results = printed.parse(JSON.parse(output));
    expect(notPassed(results, "local")).to.have.members([
      "guardrails/lambda-memory violated",
      "guardrails/imdsv2 disabled",
      ...waiting,
    ]);
    expect(notPassed(results, "dev")).to.deep.equal(waiting);
  });

  it("refuses wrong thresholds, an unknown stack and an unknown option", async () => {
    const file = path.join(thresholds, "dev.guardrails.json");
    await writeFile(file, '{ "lambda-memory": { "maximumMemoryMiB": "much" } }');
    const wrong = await gate("--thresholds", thresholds, "--stack", "staging", "--json");
    await rm(file);
    expect(wrong.status).to.equal(2);
    const { error = "" } = printed.parse(JSON.parse(wrong.output));
    expect(error).to.contain(
      `${file}: lambda-memory.maximumMemoryMiB: "much" - allowed: a whole number from 128 to 10,240`,
    );
    expect(error).to.contain(
      "--stack staging: the project has no such stack; its stacks: dev, lab, local, prod",
    );
    expect((await gate("--stak", "dev")).status).to.equal(2);
  });
});
