import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const register = require.resolve("../../../nodeHooks/register.cjs");
const patch = require.resolve("../../../engine/patches/moduleArchive.ts");

describe("a command with an archive of its modules", () => {
  let folder: string;
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };

  /** Runs the program in a process of its own. */
  const run = (archived = true) => {
    const hooks = archived ? [register, path.join(folder, "hook.cjs")] : [register];
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...hooks.flatMap((hook) => ["--require", hook]), path.join(folder, "app/main.ts")],
      { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } },
    );
    return { stdout, stderr, status };
  };
  const archives = () => {
    const names = readdirSync(path.join(folder, "archive"));
    return names.map((name) => statSync(path.join(folder, "archive", name)).mtimeMs);
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "modules-"));
    write(
      "hook.cjs",
      `require(${JSON.stringify(patch)}).useArchive({
         file: ${JSON.stringify(path.join(folder, "archive", "main"))},
         packages: ${JSON.stringify(path.join(folder, "node_modules"))},
       });`,
    );
    write(
      "app/main.ts",
      `import { one } from "./parts/one";
       import two, { later, member } from "two";
       import data from "./data.json";
       const late: number = 1;
       console.log(one(), two, member, data.text, require.main === module, __filename, late);
       console.log(require.resolve("two"), Object.keys(require.cache).length > 3);
       void import("modern").then(({ modern }) => console.log(modern));
       void later?.().then(({ modern }: { modern: string }) => console.log(modern, "by its own import"));`,
    );
    write("app/parts/one.ts", `export const one = (): string => "one";`);
    write("app/data.json", `{ "text": "한국어" }`);
    write("node_modules/.package-lock.json", "{}");
    write(
      "node_modules/two/index.js",
      `exports.member = "é"; exports.default = "two"; exports.__esModule = true;
       exports.later = () => import("modern");`,
    );
    write("node_modules/modern/package.json", `{ "type": "module", "exports": "./index.js" }`);
    write("node_modules/modern/index.js", `export const modern = "modern";`);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("does the same in every run as without, and writes the archive once", () => {
    const expected = run(false);
    expect(expected.status, expected.stderr).to.equal(0);
    expect(run()).to.deep.equal(expected);
    const written = archives();
    expect(written).to.have.length(1);
    expect(run()).to.deep.equal(expected);
    expect(archives()).to.deep.equal(written);
  });

  it("runs what a file contains now", () => {
    run();
    write("app/parts/one.ts", `export const one = (): string => "first";`);
    write(
      "node_modules/two/index.js",
      `exports.member = ""; exports.default = "second"; exports.__esModule = true;`,
    );
    expect(run().stdout).to.match(/^first second /);
    expect(run()).to.deep.equal(run(false));
  });

  it("finds a file that appears before another", () => {
    run();
    write("app/parts/one.js", `exports.one = () => "JavaScript";`);
    expect(run().stdout).to.match(/^JavaScript two /);
  });

  it("reports a missing module, a mistake and a thrown error like without", () => {
    for (const wrong of [
      `require("./none");`,
      `export const one = ( => 1;`,
      `export const one = () => {\n\n  throw new Error("here") };`,
    ]) {
      write("app/parts/one.ts", wrong);
      const plain = run(false);
      expect(plain.status).to.equal(1);
      for (const again of [run(), run()]) {
        expect(again.status).to.equal(1);
        expect(shown(again.stderr)).to.equal(shown(plain.stderr));
      }
    }
  });
});

/** An error with its place, without the frames of Node.js and of the hooks. */
function shown(stderr: string): string {
  return (
    stderr
      .split("\n")
      .filter((line) => !/^\s+at .*(node:|nodeHooks|engine\/patches)/.test(line))
      // The error's members begin after the last frame.
      .map((line) => line.replace(/ \{$/, ""))
      .join("\n")
  );
}
