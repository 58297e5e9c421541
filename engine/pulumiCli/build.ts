import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { SemVer } from "semver";

import { codeOf, Failure } from "../../cli/failure";
import { cliModule, cliPackage, goVersionIn } from "./version";

const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the CLI from its Go module into `root/bin/pulumi`, pinned by `cli/go.mod` and `cli/go.sum`.
 * Minutes at first; Go's own caches make a repeat quick.
 *
 * @throws Failure when there is no Go, or its module proxy cannot be reached either
 */
export async function buildPulumi(
  root: string,
  version: SemVer,
  say: (detail: string) => void,
): Promise<void> {
  say("downloads of Pulumi are closed, so it is built from its Go module: fetching modules");
  const packages = await fetchModules(say);
  await compile(path.join(root, "bin", "pulumi"), version, packages, say);
}

/** Downloads what the build needs. @returns how many packages that is */
async function fetchModules(say: (detail: string) => void): Promise<number> {
  let modules = 0;
  let packages = 0;
  await go(["list", "-mod=readonly", "-deps", cliPackage], (line) => {
    if (!line.startsWith("go: ")) packages += 1;
    else if (line.startsWith("go: downloading ")) {
      modules += 1;
      say(`fetching Go module ${modules}: ${line.slice("go: downloading ".length)}`);
    }
  });
  return packages;
}

async function compile(
  output: string,
  version: SemVer,
  packages: number,
  say: (detail: string) => void,
): Promise<void> {
  // The version is linked in, as Pulumi's own releases do: the Automation API refuses a CLI without one.
  const linkerFlags = `-s -w -X ${versionVariable}=v${version.version}`;
  let compiled = 0;
  say(`compiling ${packages} Go packages (a few minutes, once for this user)`);
  await go(["build", "-mod=readonly", "-v", "-o", output, "-ldflags", linkerFlags, cliPackage], (line) => {
    compiled += 1;
    say(line === cliPackage ? "compiling the last package, then linking" : progress(compiled, packages));
  });
}

function progress(compiled: number, packages: number): string {
  return `compiled ${compiled} of at most ${packages} Go packages (a few minutes, once for this user)`;
}

/** Runs Go in the module's folder; `onLine` hears both of its outputs. */
async function go(args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const child = spawn("go", args, {
    cwd: cliModule,
    env: { ...process.env, GOFLAGS: "-buildvcs=false", GOWORK: "off" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lastLines: string[] = [];
  const hear = (line: string) => {
    onLine(line);
    if (line.startsWith("go: downloading ")) return;
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
  };
  createInterface({ input: child.stdout }).on("line", hear);
  createInterface({ input: child.stderr }).on("line", hear);
  const exitCode = await exitOf(child);
  if (exitCode !== 0) throw goFailure(lastLines);
}

async function exitOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  try {
    await once(child, "close");
    return child.exitCode;
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new Failure(
      "There is no Pulumi CLI, get.pulumi.com cannot be reached, and there is no Go to build it with.",
      `Install Pulumi (https://www.pulumi.com/docs/install/) or Go ${goVersion()} or later (https://go.dev/dl/), and run this again.`,
      { cause: error },
    );
  }
}

/** What Go said last is the reason; the usual ones are a closed network and an old Go. */
function goFailure(lastLines: readonly string[]): Failure {
  const said = lastLines.slice(-3).join("; ");
  if (/requires go >=|go\.mod requires go|toolchain not available/.test(said)) {
    return new Failure(
      `Go is too old to build the Pulumi CLI: ${said}.`,
      `Install Go ${goVersion()} or later (https://go.dev/dl/), or Pulumi itself (https://www.pulumi.com/docs/install/).`,
    );
  }
  return new Failure(
    `The Pulumi CLI could not be built: ${said}.`,
    "Check that this machine reaches proxy.golang.org (or your GOPROXY), or install Pulumi (https://www.pulumi.com/docs/install/).",
  );
}

function goVersion(): string {
  return goVersionIn(readFileSync(path.join(cliModule, "go.mod"), "utf8"));
}
