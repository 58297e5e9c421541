import { EC2 } from "@aws-sdk/client-ec2";
import { Scheduler } from "@aws-sdk/client-scheduler";
import { expect } from "chai";
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { emulatorFolder, foldersOf } from "../../engine/folders";
import { accountIdOf } from "../../localAws/accounts";
import { emulatorApi, startEmulator, stopEmulator } from "../../localAws/emulator";
import { openClass, repository } from "../../students/classRun";
import { parseCommandLine } from "../../students/commandLine";
import { serve } from "../../students/commands/serve";
import { sheets } from "../../students/commands/sheets";
import { keysFor } from "../../students/keys/keyFile";
import { eventually } from "../support/eventually";
import { sharePythonEnvironment } from "../support/pythonEnvironment";

const screen = { live: false, print: () => undefined, show: () => undefined };
const steps = { run: <T>(_: string, work: (report: () => void) => Promise<T>) => work(() => undefined) };

describe("an emulator that a class reaches", function () {
  this.timeout(120_000);
  let home: string;
  let emulatorHome: string;
  let endpoint: string;
  const stop = new AbortController();

  const contextOf = async (...words: readonly string[]) => {
    const parsed = parseCommandLine([...words, "--local", "--folder", path.join(home, "local")]);
    if (parsed.kind !== "run") return expect.fail(JSON.stringify(parsed));
    const { invocation } = parsed;
    const run = await openClass(invocation);
    const confirm = () => Promise.resolve(true);
    return { invocation, run, screen, steps, stop: stop.signal, onSignal: () => undefined, confirm };
  };

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "class-served-"));
    emulatorHome = emulatorFolder(foldersOf({ repository, local: path.join(home, "local") }));
    await sharePythonEnvironment(emulatorHome);
    const options = { port: 0, folder: emulatorHome, endWithProcess: process.pid, report: () => undefined };
    ({ endpoint } = await startEmulator(options));
    await writeFile(path.join(home, "class.csv"), "id,name\n20231234,김지훈\nlee,Lee\n");
  });

  after(async () => {
    await stopEmulator(emulatorHome);
    await rm(home, { recursive: true });
  });

  it("opens one account for each key, with the lab's parts, and fires schedules", async () => {
    const context = await contextOf("serve", path.join(home, "class.csv"), "--address", "127.0.0.1:0");
    const served = serve(context);
    const { url, keys } = await eventually("the address", async () => {
      const found = await keysFor(context.run.place, ["20231234", "lee"]);
      return found.url === undefined ? undefined : { ...found, url: found.url };
    });
    const credentials = keys.get("20231234") ?? expect.fail("no key");
    const config = { endpoint: url, region: "us-east-1", credentials, maxAttempts: 1 };
    const keyPairs = await eventually("the student's account", () =>
      new EC2(config).describeKeyPairs({}).catch(() => undefined),
    );
    expect(keyPairs.KeyPairs?.map(({ KeyName }) => KeyName)).to.deep.equal(["vockey"]);
    const account = accountIdOf("class/20231234");
    const at = new Date(Date.now() + 2_000).toISOString().slice(0, 19);
    await new Scheduler(config).createSchedule({
      Name: "bell",
      ScheduleExpression: `at(${at})`,
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: `arn:aws:lambda:us-east-1:${account}:function:none`,
        RoleArn: `arn:aws:iam::${account}:role/LabRole`,
      },
    });
    await eventually("the schedule's firing", async () => {
      const firings = await emulatorApi(endpoint).firings(account);
      return firings.some(({ name }) => name === "bell") ? true : undefined;
    });
    expect(await emulatorApi(endpoint).firings(accountIdOf("class/lee"))).to.deep.equal([]);
    stop.abort();
    expect((await served).ok).to.equal(true);
    await new EC2(config).describeKeyPairs({}).then(
      () => expect.fail("it is reachable"),
      () => undefined,
    );
  });

  it("serves HTTPS when asked, with a fingerprint on the sheets, and the emulator's names to a key", async () => {
    const ended = new AbortController();
    const words = [path.join(home, "class.csv"), "--https", "--address", "127.0.0.1:0"];
    const context = await contextOf("serve", ...words);
    const served = serve({ ...context, stop: ended.signal });
    const { url, keys } = await eventually("the address", async () => {
      const found = await keysFor(context.run.place, ["20231234"]);
      return found.url?.startsWith("https:") === true ? { ...found, url: found.url } : undefined;
    });
    const pem = await readFile(path.join(context.run.place.folder, "authority", "authority.crt"), "utf8");
    const credentials = keys.get("20231234") ?? expect.fail("no key");
    const script = `
      const { gatewayInternet } = require("./students/served/gatewayInternet");
      const access = { endpoint: ${JSON.stringify(url)}, region: "us-east-1", credentials: ${JSON.stringify(credentials)} };
      gatewayInternet(access, undefined).resolve("no.elb.amazonaws.com").then((found) => console.log(JSON.stringify(found)));`;
    const ca = path.join(home, "class.pem");
    await writeFile(ca, pem);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--require", "./nodeHooks/register.cjs", "--eval", script],
      { cwd: repository, env: { ...process.env, NODE_EXTRA_CA_CERTS: ca } },
    );
    expect(stdout.trim()).to.equal("[]");
    const { run, ...rest } = await contextOf("sheets", path.join(home, "class.csv"));
    await sheets({ run, ...rest });
    const sheet = await readFile(path.join(run.place.folder, "sheets", "20231234.txt"), "utf8");
    expect(sheet)
      .to.include(new X509Certificate(pem).fingerprint256)
      .and.include("export AWS_CA_BUNDLE='class.pem'")
      .and.include(`curl -k -o class.pem ${url}/_class/authority.pem`);
    ended.abort();
    expect((await served).ok).to.equal(true);
  });

  it("has a sheet for each student, with its key, readable for the owner only", async () => {
    const { run, ...context } = await contextOf("sheets", path.join(home, "class.csv"), "--lang", "ko");
    const { text } = await sheets({ run, ...context });
    const folder = path.join(run.place.folder, "sheets");
    expect(text).to.include(path.join(folder, "all.html"));
    expect(await readdir(folder)).to.have.members([
      "20231234.html",
      "20231234.txt",
      "all.html",
      "lee.html",
      "lee.txt",
    ]);
    const { keys, url } = await keysFor(run.place, ["20231234", "lee"]);
    const sheet = await readFile(path.join(folder, "20231234.txt"), "utf8");
    expect(sheet)
      .to.include(keys.get("20231234")?.secretAccessKey)
      .and.include(url)
      .and.include("비밀 액세스 키");
    expect(sheet).to.not.include(keys.get("lee")?.secretAccessKey);
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    expect((await stat(path.join(folder, "all.html"))).mode & 0o777).to.equal(0o600);
  });
});
