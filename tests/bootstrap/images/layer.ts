import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "../support/command";
import { cacheFolder, logFolder, unfinishedFolder } from "../support/folders";

/** A root file system as folders for overlayfs; the first is the top layer. */
export interface Image {
  readonly layers: readonly string[];
  /** Changes with the image's content. */
  readonly key: string;
}

export function keyOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}

/** Runs a command in a root file system, with this machine's network: only apt uses it. */
export async function inRoot(root: string, command: readonly string[], logFile: string): Promise<void> {
  await run(["mount", "--bind", "/proc", join(root, "proc")]);
  try {
    await run(["chroot", root, ...command], {
      logFile,
      environment: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" },
    });
  } finally {
    await run(["umount", join(root, "proc")]);
  }
}

function removeOlder(name: string, current: string): void {
  for (const entry of readdirSync(cacheFolder)) {
    if (entry.startsWith(`${name}-`) && entry !== current) {
      rmSync(join(cacheFolder, entry), { recursive: true, force: true });
    }
  }
}

function folderOf(name: string, key: string): string {
  return join(cacheFolder, `${name}-${key}`);
}

/** Whether the cache has the folder, so that {@link cached} builds nothing. */
export function isCached(name: string, key: string): boolean {
  return existsSync(folderOf(name, key));
}

/** A folder of the cache; `make` creates it when there is none with this key. */
export async function cached(
  name: string,
  key: string,
  make: (folder: string, logFile: string) => Promise<void>,
): Promise<string> {
  const folder = folderOf(name, key);
  if (isCached(name, key)) return folder;
  const start = Date.now();
  console.log(`  building the ${name} image …`);
  const unfinished = join(unfinishedFolder, name);
  const logFile = join(logFolder, `image-${name}.log`);
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(logFile, { force: true });
  mkdirSync(unfinished, { recursive: true });
  await make(join(unfinished, "layer"), logFile);
  renameSync(join(unfinished, "layer"), folder);
  rmSync(unfinished, { recursive: true });
  removeOlder(name, `${name}-${key}`);
  console.log(`  the ${name} image is built: ${((Date.now() - start) / 1_000).toFixed(0)} s`);
  return folder;
}

/** A layer over an image, with the changes that `change` makes in a writable view of it. */
export async function layerOver(
  base: Image,
  name: string,
  key: string,
  change: (root: string, logFile: string) => Promise<void>,
): Promise<Image> {
  const wholeKey = keyOf(base.key, key);
  const layer = await cached(name, wholeKey, async (folder, logFile) => {
    const root = join(folder, "../root");
    const work = join(folder, "../work");
    for (const each of [folder, root, work]) mkdirSync(each);
    const options = `lowerdir=${base.layers.join(":")},upperdir=${folder},workdir=${work}`;
    await run(["mount", "-t", "overlay", "overlay", "-o", options, root]);
    try {
      await change(root, logFile);
    } finally {
      await run(["umount", root]);
    }
  });
  return { layers: [layer, ...base.layers], key: wholeKey };
}

/** Writes a file into a root file system. */
export function put(root: string, path: string, content: string | Buffer, mode = 0o644): void {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
}
