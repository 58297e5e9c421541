import { coerce } from "semver";

import { Failure } from "../../cli/failure";
import { installInstead } from "./goFailure";
import { readGo, type Go } from "./goRun";
import { neededGo } from "./version";

/** 5.1 GB at most, measured with the version that the module pins: modules, compiled packages and the linker's files. */
const neededGigabytes = 5.5;

/** The first version that downloads the version which a module requires. */
const firstWithToolchains = "1.21.0";

/** @throws Failure when the build does not fit on the disk */
export function assertSpace(folder: string, freeBytes: number): void {
  const free = freeBytes / 1e9;
  if (free >= neededGigabytes) return;
  throw new Failure(
    `To build the Pulumi CLI from its Go module takes ${neededGigabytes} GB in ${folder} for some minutes, and ${free.toFixed(1)} GB are free.`,
    `Free disk space, or set XDG_CACHE_HOME to a folder on a larger disk; or ${installInstead}.`,
  );
}

/** @throws Failure when there is no Go, or one that can neither build the module nor download a Go that can */
export async function assertGoIsRecent(at: Pick<Go, "folder" | "environment">): Promise<Go> {
  const [version = "", proxy = ""] = await readGo(at, ["env", "GOVERSION", "GOPROXY"]);
  const found = coerce(version);
  if (found !== null && found.compare(firstWithToolchains) < 0) {
    throw new Failure(
      `Go is too old to build the Pulumi CLI: it needs Go ${neededGo()}, and this machine has ${version}.`,
      `Install Go ${neededGo()} or later (https://go.dev/dl/); or ${installInstead}.`,
    );
  }
  return { ...at, version, proxy: proxy.replaceAll(/\/\/[^/@,|]*@/g, "//") };
}
