import { expect } from "chai";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { startPack } from "../support/packProcess";

const guardrails = path.resolve(__dirname, "../../../policies/guardrails");
/** Pulumi's special values: https://github.com/pulumi/pulumi, `sdk/go/common/resource/sig` */
const archive = {
  "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
  path: "./lambda",
};

/** Pulumi's command line starts a pack in the pack's folder; the program's is only in the environment. */
describe("a package at a path relative to the program", function () {
  this.timeout(120_000);
  let program: string;
  before(async () => {
    program = await mkdtemp(path.join(tmpdir(), "relative-package-"));
    await mkdir(path.join(program, "lambda"));
    await mkdir(path.join(program, "docs"));
    await writeFile(path.join(program, "Pulumi.yaml"), "{ name: site, runtime: nodejs }");
    const file = path.join(program, "lambda", "large.bin");
    await writeFile(file, "");
    await truncate(file, 300 * 1_048_576);
  });
  after(() => rm(program, { recursive: true }));

  /** What the rule reports when the pack starts with these variables, by a process in this folder. */
  const reported = async (env: NodeJS.ProcessEnv, parentFolder?: string): Promise<string> => {
    const pack = await startPack(guardrails, { INIT_CWD: undefined, ...env }, parentFolder);
    try {
      const all = await pack.analyze("aws:lambda/function:Function", { code: archive });
      return all.map((each) => `${each.getPolicyname()}: ${each.getMessage()}`).join("\n");
    } finally {
      pack.stop();
    }
  };
  const tooLarge = /lambda-package: [^]*code is "300\.0 MiB unzipped"/;

  for (const where of [".", "docs"]) {
    it(`is measured when pulumi starts in ${where} of the program`, async () => {
      expect(await reported({ PWD: path.join(program, where) })).to.match(tooLarge);
    });
  }

  // Only Linux shows the folder of another process.
  if (process.platform === "linux") {
    it("is measured when pulumi starts elsewhere, with -C", async () => {
      expect(await reported({ PWD: tmpdir() }, program)).to.match(tooLarge);
    });
  }
});
