import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { repository } from "../support/repositoryFiles";

describe("the unit tests' runner", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "unit-runner-"));
  });
  after(() => rm(folder, { recursive: true }));

  const spec = async (name: string, body: string): Promise<string> => {
    const file = path.join(folder, `${name}.cjs`);
    await writeFile(file, `it(${JSON.stringify(name)}, () => { ${body} });`);
    return file;
  };
  const once = (mark: string, fault: string) =>
    `const fs = require("node:fs"); const mark = ${JSON.stringify(path.join(folder, mark))};
     if (!fs.existsSync(mark)) { fs.writeFileSync(mark, ""); ${fault} }`;
  const run = (...files: readonly string[]) =>
    new Promise<{ readonly status: number; readonly stdout: string }>((resolve) => {
      const hook = path.join(repository, "nodeHooks/register.cjs");
      const words = ["--require", hook, path.join(__dirname, "unit.ts"), ...files];
      execFile(process.execPath, words, { cwd: repository }, (error, stdout) => {
        resolve({ status: error === null ? 0 : Number(error.code), stdout });
      });
    });

  it("passes when what failed or crashed passes alone, and lists it", async () => {
    const good = await spec("good", "");
    const busy = await spec("busy", once("busy", `throw new Error("busy");`));
    const crash = await spec("crash", once("crash", `process.kill(process.pid, "SIGKILL");`));
    const { status, stdout } = await run(good, busy, crash);
    expect(stdout).to.match(/Error: busy/);
    expect(stdout).to.match(
      /passed alone:\n.*busy\.cjs\n.*crash\.cjs|passed alone:\n.*crash\.cjs\n.*busy\.cjs/,
    );
    expect(status, stdout).to.equal(0);
  });

  it("fails when a file fails again, or cannot be found", async () => {
    const bad = await spec("bad", `throw new Error("wrong");`);
    const { status, stdout } = await run(await spec("fine", ""), bad);
    expect(status, stdout).to.equal(1);
    expect(stdout).to.match(/These files failed:\n.*bad\.cjs\n/);
    expect((await run(path.join(folder, "missing.cjs"))).status).to.equal(1);
  });
});
