import { expect } from "chai";
import { execFileSync } from "node:child_process";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const names = "process.stdout.write(JSON.stringify(Object.keys(require(process.argv[1])).sort()))";

/** What a package exports in a process of its own. */
function exportsOf(name: string, ...options: readonly string[]): unknown {
  const output = execFileSync(process.execPath, [...options, "--eval", names, name], {
    cwd: repository,
    encoding: "utf8",
  });
  return JSON.parse(output);
}

describe("a quick start", () => {
  for (const name of ["@pulumi/aws", "@pulumi/awsx"]) {
    it(`leaves ${name} with everything that it exports, its provider too`, () => {
      const quick = exportsOf(name, "--require", "./nodeHooks/register.cjs");
      expect(quick).to.deep.equal(exportsOf(name));
      expect(quick).to.include("Provider");
    });
  }
});
