import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import { makeSite } from "../localAws/live/page/emulatedSite";
import { addressOf, recordingProxy } from "../localAws/live/page/recordingProxy";
import { useEmulator } from "../support/emulator";
import { eventually } from "../support/eventually";

const repository = path.resolve(__dirname, "../..");

describe("npm run watch", () => {
  const emulator = useEmulator({ clock: true });
  const calls: string[] = [];
  let proxy: Server | undefined;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  const children: ChildProcess[] = [];

  before(async () => {
    const accountId = emulator.newAccountId();
    const { outputs } = await makeSite(emulator.clientConfig(accountId), "dev", {
      min: 1,
      desired: 1,
      max: 2,
    });
    proxy = await recordingProxy(emulator.endpoint, calls);
    folder = await mkdtemp(path.join(tmpdir(), "watch-"));
    const pulumi = path.join(folder, "pulumi");
    // The Pulumi CLI, as far as this command uses it.
    await writeFile(
      pulumi,
      `#!/bin/sh\ncase "$*" in\n  "stack output --json --non-interactive --stack dev") cat <<'END'\n${JSON.stringify(outputs)}\nEND\n  ;;\n  *) echo "error: no stack named '$6' found" >&2; exit 255;;\nesac\n`,
    );
    await chmod(pulumi, 0o755);
    environment = {
      ...process.env,
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      AWS_ENDPOINT_URL: addressOf(proxy),
      AWS_ACCESS_KEY_ID: accountId,
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_PROFILE: undefined,
      NODE_NO_WARNINGS: "1",
    };
  });
  after(async () => {
    for (const child of children) child.kill("SIGKILL");
    proxy?.close();
    proxy?.closeAllConnections();
    await rm(folder, { recursive: true });
  });

  const run = (...words: string[]) => {
    const hook = path.join(repository, "nodeHooks/register.cjs");
    const child = spawn(process.execPath, ["--require", hook, "watch/main.ts", ...words], {
      cwd: repository,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, output: () => output, ended };
  };
  const printed = ({ output }: { readonly output: () => string }, pattern: RegExp) =>
    eventually(`${String(pattern)} in the output`, () =>
      Promise.resolve(pattern.exec(output()) ?? undefined),
    );

  it("prints the stack and its changes as lines, until Ctrl-C", async () => {
    const watching = run("--stack", "dev", "--text");
    await printed(watching, /Stack dev in us-east-1, AWS account, read only/);
    await printed(
      watching,
      /1 of 1 servers healthy \(min 1, max 2\), database available, \$0\.\d{4} an hour/,
    );
    await printed(watching, /server +i-[0-9a-f]+ healthy, us-east-1[ab], age/);
    watching.child.kill("SIGINT");
    expect(await watching.ended).to.equal(0);
  });

  it("serves the page without buttons, and calls only Describe, Get and List", async () => {
    const watching = run("--stack", "dev", "--port", "0");
    const [, url = ""] = await printed(watching, /Watch {2}(http:\/\/127\.0\.0\.1:\d+\/dev\/)/);
    const events = await fetch(`${url}events`);
    let text = "";
    for await (const chunk of events.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('"servers":[{')) break;
    }
    expect(text).to.match(/event: hello\ndata: .*"token":null/);
    expect(text).to.contain('"where":"aws"').and.to.contain('"mail":null');
    const refused = await fetch(`${url}actions`, { method: "POST", body: '{"kind":"pause"}' });
    expect(refused.status).to.equal(403);
    expect(new Set(calls)).to.include.members(["DescribeAutoScalingGroups", "GetMetricData"]);
    expect(calls.filter((call) => !/^(?:Describe|Get|List)[A-Z]/.test(call))).to.deep.equal([]);
    watching.child.kill("SIGINT");
    expect(await watching.ended).to.equal(0);
  });

  it("fails with Pulumi's own reason for a stack that does not exist", async () => {
    const failing = run("--stack", "prod");
    expect(await failing.ended).to.equal(1);
    expect(failing.output()).to.contain(
      "pulumi stack output --stack prod failed: no stack named 'prod' found",
    );
    expect(failing.output()).to.contain("pulumi stack ls");
  });
});
