import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const keeper = path.resolve(__dirname, "../../nodeHooks/compileCache.cjs");

describe("compiled code that is kept between processes", () => {
  let home: string;
  let cache: string;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "compiled-"));
    cache = path.join(home, "cache");
    await mkdir(path.join(home, "node_modules", "greeting"), { recursive: true });
    await writeFile(
      path.join(home, "start.cjs"),
      `require(${JSON.stringify(keeper)}).keepCompiledCode(${JSON.stringify(cache)});`,
    );
    await writeFile(
      path.join(home, "main.cjs"),
      'Promise.resolve(require("greeting").greet()).then((text) => process.stdout.write(text));',
    );
  });
  afterEach(() => rm(home, { recursive: true }));

  const writePackage = (source: string, file = "index.js") =>
    writeFile(path.join(home, "node_modules", "greeting", file), source);
  /** Runs the program in a process of its own. */
  async function run(): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--require",
      path.join(home, "start.cjs"),
      path.join(home, "main.cjs"),
    ]);
    return stdout;
  }
  const keptFile = async () => {
    const [file = "none"] = await readdir(cache);
    return path.join(cache, file);
  };

  it("runs the same in the process that keeps it and in one that was given it, and is written once", async () => {
    await writePackage("exports.greet = () => `hello from ${require('node:path').basename(__filename)}`;");
    expect(await run()).to.equal("hello from index.js");
    const kept = await readFile(await keptFile());
    expect(await run()).to.equal("hello from index.js");
    expect(await readFile(await keptFile())).to.deep.equal(kept);
  });

  it("is not used for a source that has changed, even to one as long", async () => {
    await writePackage("exports.greet = () => 'hello';");
    expect(await run()).to.equal("hello");
    await writePackage("exports.greet = () => 'howdy';");
    expect(await run()).to.equal("howdy");
    expect(await run()).to.equal("howdy");
  });

  it("is done without where its file is torn, and made anew", async () => {
    await writePackage("exports.greet = () => 'hello';");
    await run();
    const file = await keptFile();
    const kept = await readFile(file);
    await writeFile(file, kept.subarray(0, kept.length / 2));
    expect(await run()).to.equal("hello");
    expect((await readFile(file)).length).to.equal(kept.length);
  });

  it("leaves packages to Node that import modules as they run, or are modules", async () => {
    await writePackage("exports.greet = () => import('./word.mjs').then(({ word }) => word);");
    await writePackage("export const word = 'hello';", "word.mjs");
    expect(await run()).to.equal("hello");
    expect(await run()).to.equal("hello");
  });
});
