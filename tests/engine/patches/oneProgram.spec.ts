import { expect } from "chai";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const repository = path.resolve(__dirname, "../../..");

// In a process of its own: the patch changes the whole process.
const script = `
  require("./engine/patches/oneProgram.cjs");
  const { executionAsyncResource } = require("node:async_hooks");
  const { getStore, withLocalStorage } = require("@pulumi/pulumi/runtime/state");
  const program = async (name) => {
    getStore().settings.options.project = name;
    await new Promise(setImmediate);
    return [getStore().settings.options.project, Object.getOwnPropertySymbols(executionAsyncResource())];
  };
  (async () => {
    const outside = getStore();
    const first = await withLocalStorage(program, "first");
    const second = await withLocalStorage(program, "second");
    console.log(JSON.stringify({ first, second, shared: outside === getStore() }));
  })();
`;

describe("a process for one program after another", () => {
  it("finds the running program without a hook for every promise", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { cwd: repository });
    expect(JSON.parse(stdout)).to.deep.equal({ first: ["first", []], second: ["second", []], shared: false });
  });
});
