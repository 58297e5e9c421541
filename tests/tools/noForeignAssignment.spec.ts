import { expect } from "chai";
import { spawnSync } from "node:child_process";
import path from "node:path";

import { parseJson, z } from "../../cli/json";

const repository = path.resolve(__dirname, "../..");

const report = z.array(
  z.object({ messages: z.array(z.object({ ruleId: z.string().nullable(), message: z.string() })) }),
);

/** One assignment on each line; the first five are patches of other packages. */
const text = `import { Server } from "@grpc/grpc-js";
import { log } from "@pulumi/pulumi";
import type { Workspace } from "@pulumi/pulumi/automation";

export function assign(workspace: Workspace, own: { name: string }) {
  log.debug = () => Promise.resolve();
  Server.prototype.bindAsync = () => undefined;
  Object.assign(log, { debug: undefined });
  workspace.selectStack = () => Promise.resolve();
  require.extensions[".ts"] = () => undefined;
  own.name = "blog";
  process.exitCode = 1;
}
`;

/** The members in the text to which the rule refuses an assignment, if this file had it. In a process without patches. */
function refusedIn(file: string): readonly (string | undefined)[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/eslint/bin/eslint.js", "--stdin", "--stdin-filename", file, "--format", "json"],
    { cwd: repository, input: text, encoding: "utf8" },
  );
  const [result] = parseJson(report, stdout) ?? [];
  if (result === undefined) throw new Error(`ESLint printed no result: ${stdout}${stderr}`);
  return result.messages
    .filter(({ ruleId }) => ruleId === "ours/no-foreign-assignment")
    .map(({ message }) => message.split(" belongs to")[0]);
}

describe("the ESLint rule ours/no-foreign-assignment", () => {
  it("refuses every way to patch another package, and permits other assignments", () => {
    expect(refusedIn("engine/stack.ts")).to.deep.equal([
      "log.debug",
      "Server.prototype.bindAsync",
      "log",
      "workspace.selectStack",
      'require.extensions[".ts"]',
    ]);
  });

  it("permits the patches in engine/patches", () => {
    expect(refusedIn("engine/patches/analyzer.ts")).to.deep.equal([]);
  });
});
