import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { cacheFolder } from "../../../localAws/live/images/folders";
import { keyOf } from "../../../localAws/live/images/layer";

/** The repository. */
export const repository = resolve(__dirname, "../../..");

/** Logs of this run's machines, kept until the next one. */
export const logFolder = join(repository, ".local/bootstrap");

/** Screenshots of this run. Those of the documents change only with --update-docs, because they show a date. */
export const screenshotFolder = join(logFolder, "screenshots");
export const documentedScreenshotFolder = join(repository, "docs/screenshots");

/** The lab's file systems, in memory; they are removed with the run. */
export const labFolder = "/run/wordpress-lab";

/** The names of the lab's cgroups begin so; runs with another cache have others. */
export const cgroupPrefix = `wordpress-lab-${keyOf(cacheFolder)}-`;

/** The socket of the package proxy, which works across network namespaces. */
export const proxySocket = join(cacheFolder, "proxy.sock");

export function makeFolders(): void {
  mkdirSync(screenshotFolder, { recursive: true });
}
