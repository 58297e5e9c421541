import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";

import { sharedCache } from "../../../cli/sharedCache";

const ownFolder = process.env["LIVE_CACHE"];

/**
 * Images and packages that runs keep, about 2 GB. The folder is outside the repository, so that all working copies share
 * it; `LIVE_CACHE` changes it.
 */
export const cacheFolder = resolve(ownFolder ?? join(sharedCache(process.env), "live"));

/** Logs of the builds. */
export const buildLogFolder = join(cacheFolder, "logs");

/** Packages that apt has downloaded, by the hash of their URL. */
export const packageFolder = join(cacheFolder, "packages");

/** Images that are being built. A run removes what a killed one left here. */
export const unfinishedFolder = join(cacheFolder, "unfinished");

/** Locked by the build that uses the cache; others wait. */
export const lockFile = join(cacheFolder, "lock");

/** Where earlier versions kept the cache. */
const formerFolder = join(sharedCache(process.env), "bootstrap");

export function makeCacheFolders(): void {
  if (ownFolder === undefined && !existsSync(cacheFolder) && existsSync(formerFolder)) {
    renameSync(formerFolder, cacheFolder);
  }
  for (const folder of [packageFolder, buildLogFolder]) mkdirSync(folder, { recursive: true });
}
