import { expect } from "chai";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const repository = path.resolve(__dirname, "../../..");

// In a process of its own: the patch changes the whole process.
const script = `
  require("./engine/patches/singleProgram.ts");
  const { executionAsyncResource } = require("node:async_hooks");
  const { getStore, withLocalStorage } = require("@pulumi/pulumi/runtime/state");
  const program = async (name) => {
    getStore().settings.options.project = name;
    await new Promise(setImmediate);
    return [getStore().settings.options.project, Object.getOwnPropertySymbols(executionAsyncResource())];
  };
  (async () => {
    const first = await withLocalStorage(program, "first");
    const second = await withLocalStorage(program, "second");
    console.log(JSON.stringify({ first, second }));
  })();
`;

describe("the patch for a process that runs one program after another", () => {
  it("gives each program its own state, and attaches nothing to the promises of a program", async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--require", "./nodeHooks/register.cjs", "--eval", script],
      { cwd: repository, env: { ...process.env, WORDPRESS_ON_AWS_SPEED_PATCHES: "on" } },
    );
    expect(JSON.parse(stdout)).to.deep.equal({ first: ["first", []], second: ["second", []] });
  });
});
