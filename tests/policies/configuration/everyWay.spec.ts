import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { loadPacks } from "../../../engine/policyPacks";
import { packsForStack } from "../../../policies/stackPacks";
import { buildPacks } from "../../../tools/policyPackages";
import { rejectionOf } from "../../support/rejection";
import { startPack, type PackProcess } from "../support/packProcess";

const repository = path.resolve(__dirname, "../../..");

/**
 * A wrong threshold of a rule about resources, one of a rule about a stack, a misspelt one, a setting of a rule that has
 * none, and a misspelt rule.
 */
const wrong = {
  "lambda-timeout": { maximumTimeoutSeconds: 9000 },
  "several-zones": { minimumZones: "two" },
  "lambda-memory": { maximumMemoryMb: 512 },
  "encrypted-volumes": { maximum: 3 },
  imdv2: { enforcementLevel: "advisory" },
};
const sentences = [
  "lambda-timeout.maximumTimeoutSeconds: 9000 - allowed: a whole number from 1 to 900",
  'several-zones.minimumZones: "two" - allowed: a whole number from 1 to 6',
  "lambda-memory.maximumMemoryMb: the rule has no such setting; did you mean maximumMemoryMiB?",
  "encrypted-volumes.maximum: the rule has no such setting; its settings: enforcementLevel",
  "imdv2: the pack guardrails has no such rule; did you mean imdsv2?",
];

describe("a wrong threshold", () => {
  let folder: string;
  let file: string;
  const started: PackProcess[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "thresholds-"));
    file = path.join(folder, "dev.guardrails.json");
    await writeFile(file, JSON.stringify(wrong));
  });
  after(async () => {
    for (const each of started) each.stop();
    await rm(folder, { recursive: true });
  });

  const inFile = () => sentences.map((sentence) => `${file}: ${sentence}`).join("\n");

  it("is refused by npm run policy, with the file", async () => {
    const { status, stderr } = await npmRun("policy", "--thresholds", folder);
    expect(stderr.trim()).to.equal(inFile());
    expect(status).to.equal(2);
  });

  it("is reported by npm run policy:flags, which still prints the packs", async () => {
    const { status, stdout, stderr } = await npmRun("policy:flags", "dev", "--thresholds", folder);
    expect(stderr.trim()).to.equal(inFile());
    expect(status).to.equal(2);
    expect(stdout)
      .to.contain("--policy-pack=")
      .and.to.match(/--policy-pack-config=\S*dev\.guardrails\.json/);
  });

  it("is refused by npm run local and by a class, with the file", async () => {
    expect(await rejectionOf(loadPacks(packsForStack("dev", folder)))).to.contain(inFile());
  });

  it("is refused by a pack that Pulumi's command line starts, at the root resource", async () => {
    await expectRefusal(path.join(repository, "policies/guardrails"));
  });

  it("is refused by a pack that a policy server distributes, at the root resource", async () => {
    const packs = path.join(folder, "packs");
    await buildPacks(packs);
    await symlink(path.join(repository, "node_modules"), path.join(packs, "node_modules"));
    await expectRefusal(path.join(packs, "guardrails"));
  });

  async function expectRefusal(packFolder: string): Promise<void> {
    const pack = await startPack(packFolder);
    started.push(pack);
    await pack.configure(wrong);
    const reported = await pack.analyze("pulumi:pulumi:Stack", {});
    expect(reported.map((each) => each.getMessage().split("\n").at(-1))).to.have.members(sentences);
  }
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As the user runs it. */
function npmRun(script: string, ...words: readonly string[]): Promise<Ended> {
  const child = spawn("npm", ["run", "--silent", script, "--", ...words], { cwd: repository });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}
