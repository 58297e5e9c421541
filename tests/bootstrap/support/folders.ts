import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The repository. */
export const repository = resolve(__dirname, "../../..");

/**
 * Images and packages that a run keeps for the next one, about 2 GB. The folder is outside the repository, so that
 * all clones share it; `BOOTSTRAP_CACHE` changes it.
 */
export const cacheFolder = resolve(
  process.env["BOOTSTRAP_CACHE"] ?? join(homedir(), ".cache/wordpress-on-aws/bootstrap"),
);

/** Logs of this run's machines, kept until the next one. */
export const logFolder = join(repository, ".local/bootstrap");

/** Screenshots of this run. Those of the documents change only with --update-docs, because they show a date. */
export const screenshotFolder = join(logFolder, "screenshots");
export const documentedScreenshotFolder = join(repository, "docs/screenshots");

/** The lab's file systems, in memory; they are removed with the run. */
export const labFolder = "/run/wordpress-lab";

/** The socket of the package proxy, which works across network namespaces. */
export const proxySocket = join(cacheFolder, "proxy.sock");

/** Packages that apt has downloaded, by the hash of their URL. */
export const packageFolder = join(cacheFolder, "packages");

/** Images that are being built. A run removes what a killed one left here. */
export const unfinishedFolder = join(cacheFolder, "unfinished");

/** Locked by the run that uses the cache; others wait. */
export const lockFile = join(cacheFolder, "lock");

export function makeFolders(): void {
  mkdirSync(packageFolder, { recursive: true });
  mkdirSync(screenshotFolder, { recursive: true });
}
