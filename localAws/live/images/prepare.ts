import { join } from "node:path";

import { parseJson, z } from "../../../cli/json";
import { withCache } from "./cache";
import { cachedImages, type Images } from "./images";
import type { Progress } from "./layer";
import { runInNamespaces } from "./namespaces";
import { downloadedMiB, startPackageProxy } from "./packageProxy";

/** What a first build takes, for the question before it. */
export const buildNeeds = "about 4 minutes and 150 MB of packages, once";

const layers = z.object({ layers: z.array(z.string()), key: z.string() });
export const imagesSchema = z.object({ stock: layers, infra: layers, packages: layers });

const progressMilliseconds = 5_000;

async function build(lock: number, progress: Progress): Promise<Images> {
  const proxy = await startPackageProxy();
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("The package proxy has no port.");
  let shown = 0;
  const timer = setInterval(() => {
    const size = Math.round(downloadedMiB());
    if (size > shown) progress(`${size} MB of packages downloaded`);
    shown = size;
  }, progressMilliseconds);
  try {
    const { exitCode, result } = await runInNamespaces({
      program: join(__dirname, "build.ts"),
      args: [`http://127.0.0.1:${address.port}`],
      network: "host",
      lock,
      onLine: progress,
    });
    const images = parseJson(imagesSchema, result);
    if (exitCode === 0 && images !== undefined) return images;
    throw new Error(`The images could not be built: the build ended with ${exitCode}. The reason is above.`);
  } finally {
    clearInterval(timer);
    proxy.close();
    proxy.closeAllConnections();
  }
}

/** {@link prepareImages} for a caller that has the cache's lock. */
export async function imagesWith(lock: number, progress: Progress): Promise<Images> {
  return (await cachedImages()) ?? (await build(lock, progress));
}

/**
 * The images with the current content. Builds what the cache does not have, one build at a time; an interrupted build
 * starts again at the image that was not complete. Complete images need no turn: another run may have the cache's lock
 * for minutes.
 */
export async function prepareImages(progress: Progress): Promise<Images> {
  return (
    (await cachedImages()) ?? (await withCache(async (lock) => await imagesWith(lock, progress), progress))
  );
}
