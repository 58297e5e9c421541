import { expect } from "chai";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { SemVer } from "semver";

import { Failure } from "../../../cli/failure";
import { buildPulumi } from "../../../engine/pulumiCli/build";
import { assertSpace } from "../../../engine/pulumiCli/goRequirements";
import { neededGo } from "../../../engine/pulumiCli/version";
import { eventually } from "../../support/eventually";
import { rejectionOf } from "../../support/rejection";
import { fakeGo, type FakeGo, type GoScript } from "./fakeGo";

const installPulumi = "install Pulumi (https://www.pulumi.com/docs/install/)";

describe("building the Pulumi CLI with Go", () => {
  let go: FakeGo | undefined;

  afterEach(async () => {
    await go?.remove();
    go = undefined;
  });

  /** @returns the lines of progress */
  async function build(script?: GoScript | "none"): Promise<readonly string[]> {
    const lines: string[] = [];
    go = await fakeGo(script);
    await buildPulumi(go.root, new SemVer("3.274.1"), (line) => lines.push(line), go.environment);
    return lines;
  }

  /** The message of a build that fails; nothing half-built may be left. */
  async function failure(script: GoScript | "none"): Promise<string> {
    const message = await rejectionOf(build(script));
    expect(readdirSync(go?.root ?? "")).to.deep.equal([]);
    return message;
  }

  it("leaves nothing of Go's caches, which may be read-only", async () => {
    const fill = (name: string) =>
      `test -n "$${name}" && mkdir -p "$${name}/a/b" && echo 1 > "$${name}/a/b/file" && chmod -R a-w "$${name}"`;
    const names = ["GOCACHE", "GOMODCACHE", "GOPATH", "GOTMPDIR"].map(fill).join(" && ");
    await build({ list: `${names} && echo fmt` });
    expect(readdirSync(go?.root ?? "", { recursive: true }).sort()).to.deep.equal(["bin", "bin/pulumi"]);
  });

  it("reports each downloaded module and each compiled package", async () => {
    const lines = await build();
    expect(lines).to.include("downloading Go module 1: example.com/module v1.0.0");
    expect(lines.join("\n"))
      .to.include("compiling 2 Go packages")
      .and.include("compiled 1 of at most 2 Go packages");
  });

  it("names the missing Go, and the version that is needed", async () => {
    expect(await failure("none"))
      .to.include("there is no Go to build it with")
      .and.include(`Go ${neededGo()} or later`);
  });

  it("names the version of a Go that is too old, before it downloads anything", async () => {
    const message = await failure({ env: "echo go1.19.8; echo off", list: "echo downloaded anyway; exit 1" });
    expect(message).to.include(`it needs Go ${neededGo()}, and this machine has go1.19.8`);
  });

  for (const line of [
    "go: download go1.26.6 for linux/amd64: toolchain not available",
    "go: go.mod requires go >= 1.26.6 (running go 1.22.2; GOTOOLCHAIN=local)",
  ]) {
    it(`names both versions of Go after "${line}"`, async () => {
      const message = await failure({ env: "echo go1.22.2; echo", list: `echo '${line}' >&2; exit 1` });
      expect(message)
        .to.include(`it needs Go ${neededGo()}, and this machine has go1.22.2`)
        .and.include(line);
    });
  }

  for (const line of [
    'go: m@v1: Get "https://proxy.example/m/@v/v1.mod": dial tcp 203.0.113.1:443: connect: connection refused',
    'go: m@v1: Get "https://proxy.example/m/@v/v1.mod": dial tcp: lookup proxy.example: no such host',
    'go: m@v1: Get "https://proxy.example/m/@v/v1.mod": net/http: TLS handshake timeout',
    'go: m@v1: Get "https://proxy.example/m/@v/v1.mod": tls: failed to verify certificate: x509: unknown authority',
    "go: m@v1: reading https://user:secret@proxy.example/m/@v/v1.zip: 403 Forbidden",
  ]) {
    it(`names the address of the closed registry after "${line}"`, async () => {
      const message = await failure({ list: `echo '${line}' >&2; exit 1` });
      expect(message).to.include(
        "could not download the modules of the Pulumi CLI from https://proxy.example,direct",
      );
      expect(message).to.include("GOPROXY").and.include(installPulumi);
      expect(message).not.to.include("secret");
    });
  }

  it("names GOPROXY when it is off", async () => {
    const line = "go: m@v1: module lookup disabled by GOPROXY=off";
    expect(await failure({ list: `echo '${line}' >&2; exit 1` })).to.include("because GOPROXY is off");
  });

  it("names the full disk, when a compiler reports it among other lines", async () => {
    const lines = [
      "example.com/a",
      "/usr/lib/go/pkg/tool/linux_amd64/link: writing: no space left on device",
      "example.com/b",
    ];
    const message = await failure({
      build: `printf '%s\\n' ${lines.map((each) => `'${each}'`).join(" ")} >&2; exit 1`,
    });
    expect(message)
      .to.include("The disk was full")
      .and.include(go?.root ?? "")
      .and.include("XDG_CACHE_HOME");
  });

  it("refuses a disk that is too small, before it downloads anything", () => {
    expect(() => {
      assertSpace("/small", 1.2e9);
    }).to.throw(Failure, /takes 5\.5 GB in \/small .* 1\.2 GB are free.*XDG_CACHE_HOME/);
    assertSpace("/large", 5.6e9);
  });

  for (const [what, script] of [
    [
      "a compiler",
      "echo 'example.com/a: /usr/lib/go/pkg/tool/linux_amd64/compile: signal: killed' >&2; exit 1",
    ],
    ["Go itself", "kill -s KILL $$"],
  ] as const) {
    it(`names the memory when the kernel killed ${what}`, async () => {
      expect(await failure({ build: script })).to.match(
        /memory was too small .*signal: killed.* This machine has [\d.]+ GB/,
      );
    });
  }

  it("prints Go's last lines for any other failure, with Go's version", async () => {
    const message = await failure({ build: "echo 'verifying m@v1: checksum mismatch' >&2; exit 1" });
    expect(message).to.include("with go1.26.8: verifying m@v1: checksum mismatch").and.include(installPulumi);
  });

  it("prints the lines of a Go that does not run", async () => {
    expect(await failure({ env: "echo 'go: cannot find GOROOT directory' >&2; exit 2" })).to.include(
      "cannot find GOROOT",
    );
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`ends Go and its compilers, and leaves nothing, after ${signal}`, async () => {
      go = await fakeGo({
        build: 'cd "$GOTMPDIR/../../.."; sleep 100000 & echo $$ $! > starting; mv starting pids; wait',
      });
      const pidFile = path.join(go.root, "../pids");
      const hook = require.resolve("../../../nodeHooks/register.cjs");
      const program = path.join(__dirname, "buildInto.ts");
      const child = spawn(process.execPath, ["--require", hook, program, go.root], { env: go.environment });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      }
      await until("the fake compiler starts", () => {
        expect(child.exitCode, output).to.equal(null);
        return existsSync(pidFile);
      });
      child.kill(signal);
      await once(child, "close");
      expect(output).to.include("was interrupted");
      expect(child.exitCode).to.equal(1);
      expect(readdirSync(go.root)).to.deep.equal([]);
      const pids = readFileSync(pidFile, "utf8").trim().split(" ");
      expect(pids).to.have.length(2);
      await until("Go and its compiler end", () => !pids.some(isRunning));
    });
  }

  async function until(what: string, isSo: () => boolean): Promise<void> {
    await eventually(what, () => Promise.resolve(isSo() ? true : undefined), 300);
  }

  /** A process that has ended may wait for its parent: a zombie. */
  function isRunning(pid: string): boolean {
    return /^[^Z\s]/.test(spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout);
  }
});
