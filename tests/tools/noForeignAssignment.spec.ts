import { expect } from "chai";
import { spawnSync } from "node:child_process";
import path from "node:path";

import { parseJson, z } from "../../cli/json";

const repository = path.resolve(__dirname, "../..");

const report = z.record(z.string(), z.array(z.string()));

/** Prints the rule's messages by file, if each file had the text. The types are read once for all files. */
const lint = `
import { ESLint } from "eslint";
const [text, ...files] = process.argv.slice(1);
const eslint = new ESLint();
const report = {};
for (const filePath of files) {
  const [result] = await eslint.lintText(text, { filePath });
  const own = result.messages.filter(({ ruleId }) => ruleId === "ours/no-foreign-assignment");
  report[filePath] = own.map(({ message }) => message);
}
console.log(JSON.stringify(report));
`;

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

const anyFile = "engine/stack.ts";
const patch = "engine/patches/analyzer.ts";

describe("the ESLint rule ours/no-foreign-assignment", () => {
  let refused: z.infer<typeof report>;

  before(() => {
    // In a process without patches.
    const words = ["--input-type=module", "--eval", lint, text, anyFile, patch];
    const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: repository, encoding: "utf8" });
    const printed = parseJson(report, stdout);
    if (printed === undefined) throw new Error(`ESLint printed no result: ${stdout}${stderr}`);
    refused = printed;
  });

  it("refuses every way to patch another package, and permits other assignments", () => {
    expect(refused[anyFile]?.map((message) => message.split(" belongs to")[0])).to.deep.equal([
      "log.debug",
      "Server.prototype.bindAsync",
      "log",
      "workspace.selectStack",
      'require.extensions[".ts"]',
    ]);
  });

  it("permits the patches in engine/patches", () => {
    expect(refused[patch]).to.deep.equal([]);
  });
});
