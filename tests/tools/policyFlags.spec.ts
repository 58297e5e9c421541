import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");

/** Runs the command as npm does, for a user in this folder. */
function run(folder: string, ...words: readonly string[]) {
  const hook = path.join(repository, "nodeHooks/register.cjs");
  return spawnSync(process.execPath, ["--require", hook, "tools/policyFlags.ts", ...words], {
    cwd: repository,
    env: { ...process.env, INIT_CWD: folder },
    encoding: "utf8",
  });
}

describe("npm run policy:flags", () => {
  it("prints paths from the user's folder, which a space above the repository does not split", () => {
    expect(run(repository, "prod").stdout).to.equal(
      "--policy-pack=policies/guardrails\n--policy-pack=policies/production\n",
    );
    expect(run(path.join(repository, "docs"), "dev").stdout).to.equal(
      "--policy-pack=../policies/guardrails\n",
    );
  });

  it("reports a space at which $(…) splits, and still prints the options: without any, Pulumi would apply no policy", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "my thresholds "));
    try {
      await writeFile(path.join(folder, "dev.guardrails.json"), "{}");
      const { status, stdout, stderr } = run(repository, "dev", "--thresholds", folder);
      expect(status).to.equal(1);
      expect(stdout).to.include("--policy-pack=policies/guardrails\n");
      expect(stderr).to.include("has a space");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("needs the name of a stack", () => {
    expect(run(repository)).to.include({ status: 2, stdout: "" });
  });
});
