import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs program.ts, and sends it a signal once it waits. */
async function run(
  words: readonly string[],
  { signal, environment = {} }: { signal?: NodeJS.Signals; environment?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const hook = path.join(repository, "nodeHooks/register.cjs");
  const child = spawn(process.execPath, ["--require", hook, path.join(__dirname, "program.ts"), ...words], {
    env: { ...process.env, npm_lifecycle_event: undefined, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (signal !== undefined && text.includes("waiting")) child.kill(signal);
  });
  await once(child, "close");
  return { status: child.exitCode, stdout, stderr };
}

const json = async (...words: readonly string[]): Promise<unknown> =>
  JSON.parse((await run([...words, "--json"])).stdout);

describe("a command line program", () => {
  it("prints its result on standard output, and what libraries print on standard error", async () => {
    expect(await run([])).to.deep.equal({
      status: 0,
      stdout: "The result.\n",
      stderr: "a library's output\n",
    });
  });

  it("ends with the status of its work", async () => {
    expect(await run(["status"])).to.include({ status: 7 });
  });

  it("prints one object with --json, in every case", async () => {
    expect(await json()).to.deep.equal({ passed: true });
    expect(await json("failure")).to.deep.equal({
      passed: false,
      how: "failure",
      error: "The disk is full. Free some space.",
    });
    expect(await json("--no-such")).to.deep.equal({ passed: false, error: "unknown option --no-such" });
  });

  it("prints a failure without a trace, and a defect with one", async () => {
    const failure = await run(["failure"]);
    expect(failure).to.include({ status: 1, stdout: "" });
    expect(failure.stderr).to.match(/The disk is full\.\nFree some space\.\n$/);
    const defect = await run(["defect"]);
    expect(defect.status).to.equal(1);
    expect(defect.stderr).to.match(/TypeError: a defect\n\s+at .*program\.ts/);
  });

  it("ends with 2 and no trace after a mistake of the user", async () => {
    for (const [how, text] of [
      ["misuse", "id: given twice\nname: missing\n"],
      ["foreign", "class.csv, line 2: no id\n"],
    ] as const) {
      const { status, stderr } = await run([how]);
      expect(status).to.equal(2);
      expect(stderr).to.equal(`a library's output\n${text}`);
    }
  });

  it("prints its usage for --help and after wrong options", async () => {
    expect(await run(["--help"])).to.deep.equal({ status: 0, stdout: "usage: program\n", stderr: "" });
    const wrong = await run(["--stack"]);
    expect(wrong).to.deep.equal({
      status: 2,
      stdout: "",
      stderr: "--stack needs a value\n\nusage: program\n",
    });
  });

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`ends with ${status} after ${signal}, once its work has stopped`, async () => {
      const ended = await run(["wait", "--json"], { signal });
      expect(ended.status).to.equal(status);
      expect(ended.stderr).to.contain("Stopped.").and.not.contain("aborted");
      expect(JSON.parse(ended.stdout)).to.include({ error: "stopped by the user" });
    });
  }

  it("refuses options that npm took, and accepts those that .npmrc may set", async () => {
    const npm = { npm_lifecycle_event: "local", npm_config_stack: "dev" };
    const refused = await run([], { environment: npm });
    expect(refused).to.include({ status: 2, stdout: "" });
    expect(refused.stderr).to.contain("Type: npm run local -- --stack dev");
    const warned = await run([], { environment: { npm_lifecycle_event: "local", npm_config_json: "true" } });
    expect(warned).to.include({ status: 0, stdout: "The result.\n" });
    expect(warned.stderr).to.contain("Type: npm run local -- --json");
  });
});
