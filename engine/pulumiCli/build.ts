import { mkdir, statfs } from "node:fs/promises";
import path from "node:path";
import type { SemVer } from "semver";

import { removeGoFolder } from "./goFolder";
import { assertGoIsRecent, assertSpace } from "./goRequirements";
import { runGo, type Go } from "./goRun";
import { cliPackage } from "./version";

const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the CLI from its Go module into `root/bin/pulumi`, pinned by the module's `go.mod` and `go.sum`. Go's caches
 * of modules and packages (5 GB) are in `root/go` while it builds, and are removed afterwards. It takes minutes.
 *
 * @throws Failure with the reason when Go is missing or too old, when its module proxy cannot be reached, or when the
 * disk or the memory is too small
 */
export async function buildPulumi(
  root: string,
  version: SemVer,
  say: (detail: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const folder = path.join(root, "go");
  await mkdir(path.join(folder, "tmp"), { recursive: true });
  try {
    const { bavail, bsize } = await statfs(folder);
    assertSpace(folder, bavail * bsize);
    const go = await assertGoIsRecent({ folder, environment: goEnvironment(folder, environment) });
    say("downloads of Pulumi are closed, so it is built from its Go module: downloading modules");
    const packages = await downloadModules(go, say);
    await compile(go, path.join(root, "bin", "pulumi"), version, packages, say);
  } finally {
    await removeGoFolder(folder);
  }
}

/** Everything that Go writes is below the folder, and it can be removed: Go's module cache is read-only otherwise. */
function goEnvironment(folder: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...environment,
    GOPATH: path.join(folder, "path"),
    GOMODCACHE: path.join(folder, "modules"),
    GOCACHE: path.join(folder, "packages"),
    GOTMPDIR: path.join(folder, "tmp"),
    GOFLAGS: "-buildvcs=false -modcacherw",
    GOWORK: "off",
  };
}

/** Downloads the modules that the build needs. @returns the number of packages in them that it compiles */
async function downloadModules(go: Go, say: (detail: string) => void): Promise<number> {
  let modules = 0;
  let packages = 0;
  await runGo(go, ["list", "-mod=readonly", "-deps", cliPackage], (line) => {
    if (!line.startsWith("go: ")) packages += 1;
    else if (line.startsWith("go: downloading ")) {
      modules += 1;
      say(`downloading Go module ${modules}: ${line.slice("go: downloading ".length)}`);
    }
  });
  return packages;
}

async function compile(
  go: Go,
  output: string,
  version: SemVer,
  packages: number,
  say: (detail: string) => void,
): Promise<void> {
  // The version is linked in, as Pulumi's own releases do: the Automation API refuses a CLI without one.
  const linkerFlags = `-s -w -X ${versionVariable}=v${version.version}`;
  let compiled = 0;
  say(`compiling ${packages} Go packages (a few minutes, once for this user)`);
  await runGo(
    go,
    ["build", "-mod=readonly", "-v", "-o", output, "-ldflags", linkerFlags, cliPackage],
    (line) => {
      compiled += 1;
      say(line === cliPackage ? "compiling the last package, then linking" : progress(compiled, packages));
    },
  );
}

function progress(compiled: number, packages: number): string {
  return `compiled ${compiled} of at most ${packages} Go packages (a few minutes, once for this user)`;
}
