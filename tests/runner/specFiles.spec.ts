import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { processExists } from "../../cli/lock";
import { eventually } from "../support/eventually";
import { runSpecFile } from "./specFile";
import { runSpecFiles } from "./specFiles";

describe("spec files side by side", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "side-by-side-"));
  });
  after(() => rm(folder, { recursive: true }));

  const spec = async (name: string, body: string): Promise<string> => {
    const file = path.join(folder, `${name}.cjs`);
    await writeFile(file, `it(${JSON.stringify(name)}, () => { ${body} });`);
    return file;
  };
  const run = async (...files: readonly string[]) => {
    const printed: string[] = [];
    const passed: string[] = [];
    const result = await runSpecFiles(files, {
      atOnce: 4,
      onPassed: (file) => passed.push(file),
      print: (text) => printed.push(text),
    });
    return { result, passed, text: printed.join("\n") };
  };

  it("run again alone after a failure, which is printed, and are listed when they then pass", async () => {
    const mark = JSON.stringify(path.join(folder, "mark"));
    const good = await spec("good", "");
    const once = await spec(
      "once",
      `const fs = require("node:fs"); if (!fs.existsSync(${mark})) { fs.writeFileSync(${mark}, ""); throw new Error("busy"); }`,
    );
    const { result, passed, text } = await run(good, once);
    expect(result).to.deep.equal({ passed: 2, failed: 0, onlyAlone: [once] });
    expect(passed).to.deep.equal([good]);
    expect(text).to.match(/Error: busy/);
    expect(text).to.contain(`${once}, again, alone: 1 passed`);
    expect(text.trimEnd().endsWith(`passed alone:\n  ${once}`), text).to.equal(true);
  });

  it("fail when they fail again, when they cannot be loaded, and when their process crashes", async () => {
    const good = await spec("fine", "");
    const bad = await spec("bad", `throw new Error("wrong");`);
    const broken = path.join(folder, "missing.cjs");
    const crash = await spec("crash", `process.kill(process.pid, "SIGKILL");`);
    const { result, text } = await run(good, bad, broken, crash);
    expect(result).to.deep.equal({ passed: 1, failed: 3, onlyAlone: [] });
    expect(text).to.contain("was ended by SIGKILL");
    expect(text.trimEnd().endsWith(`These files failed:\n  ${bad}\n  ${broken}\n  ${crash}`), text).to.equal(
      true,
    );
  });

  it("do not run again when most of them fail", async () => {
    const files = await Promise.all(
      Array.from({ length: 9 }, (_, index) => spec(`bad-${index}`, `throw new Error("wrong");`)),
    );
    const { result, text } = await run(...files);
    expect(result).to.deep.equal({ passed: 0, failed: 9, onlyAlone: [] });
    expect(text).to.contain("9 files failed. None runs again").and.not.contain("again, alone");
  });

  const onLinux = process.platform === "linux" ? it : () => undefined;
  onLinux("leave no process, and no open handle keeps them", async () => {
    const pidFile = path.join(folder, "pid");
    const file = await spec(
      "left",
      `const { spawn } = require("node:child_process");
       const child = spawn("sleep", ["1000"], { detached: true, stdio: "inherit" });
       child.unref();
       require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
       setInterval(() => undefined, 1000);`,
    );
    const { counts, leftovers } = await runSpecFile(file);
    expect(counts).to.deep.equal({ passed: 1, failed: 0 });
    expect(leftovers).to.deep.equal(["sleep 1000"]);
    const pid = Number(await readFile(pidFile, "utf8"));
    await eventually("its end", () => Promise.resolve(processExists(pid) ? undefined : true));
  });

  it("fail when they do not end within their limit", async () => {
    const file = path.join(folder, "slow.cjs");
    await writeFile(file, `it("waits", () => new Promise(() => undefined));`);
    const { counts, output } = await runSpecFile(file, 2_000);
    expect(counts).to.deep.equal({ passed: 0, failed: 1 });
    expect(output).to.contain("was ended by SIGKILL");
  });
});
