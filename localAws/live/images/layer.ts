import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { run } from "../command";
import { buildLogFolder, cacheFolder, unfinishedFolder } from "./folders";
import type { Image } from "./image";
import { mountRoot } from "./overlay";

/** Gets a line about the progress of a build. */
export type Progress = (line: string) => void;

export function keyOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}

/**
 * Gives a root file system /proc and the devices that every program expects, then runs a command in it. The devices are
 * the machine's own: in a user namespace, the root file system cannot have any.
 */
const enterRoot = `set -eu
root=$1
shift
mkdir -p "$root/proc" "$root/dev"
mount --bind /proc "$root/proc"
mount -t tmpfs -o mode=755,nosuid tmpfs "$root/dev"
for each in null zero full random urandom tty; do
  : >"$root/dev/$each"
  mount --bind "/dev/$each" "$root/dev/$each"
done
ln -s /proc/self/fd "$root/dev/fd"
exec chroot "$root" "$@"`;

/** Runs a command in a root file system, with this machine's network: only apt uses it. */
export async function inRoot(root: string, command: readonly string[], logFile: string): Promise<void> {
  const enter = ["unshare", "--mount", "--propagation", "private", "sh", "-c", enterRoot, "sh", root];
  await run([...enter, ...command], {
    logFile,
    environment: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" },
  });
}

/** A running box may have mounted a layer of another version, and uses it again at least this often. */
const unusedMilliseconds = 7 * 24 * 3_600_000;

/** Removes layers of the name that no run has used for a week. */
function removeUnused(name: string): void {
  for (const entry of readdirSync(cacheFolder)) {
    const isLayer = entry.startsWith(`${name}-`) && /^[0-9a-f]{12}$/.test(entry.slice(name.length + 1));
    const folder = join(cacheFolder, entry);
    if (isLayer && Date.now() - statSync(folder).mtimeMs > unusedMilliseconds) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** The folder of a layer in the cache. */
export function folderOf(name: string, key: string): string {
  return join(cacheFolder, `${name}-${key}`);
}

/** Whether the cache has the folder, so that {@link cached} builds nothing. */
export function isCached(name: string, key: string): boolean {
  return existsSync(folderOf(name, key));
}

/** Records that a layer is in use, by its time of modification, which no view of the layer shows. */
export function markUsed(folder: string): void {
  const now = new Date();
  utimesSync(folder, now, now);
}

/** A folder of the cache; `make` creates it when there is none with this key. */
export async function cached(
  name: string,
  key: string,
  progress: Progress,
  make: (folder: string, logFile: string) => Promise<void>,
): Promise<string> {
  const folder = folderOf(name, key);
  if (isCached(name, key)) {
    markUsed(folder);
    return folder;
  }
  const start = Date.now();
  progress(`building the ${name} image …`);
  const unfinished = join(unfinishedFolder, name);
  const logFile = join(buildLogFolder, `image-${name}.log`);
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(logFile, { force: true });
  mkdirSync(unfinished, { recursive: true });
  await make(join(unfinished, "layer"), logFile);
  renameSync(join(unfinished, "layer"), folder);
  markUsed(folder);
  rmSync(unfinished, { recursive: true });
  removeUnused(name);
  progress(`the ${name} image is built: ${((Date.now() - start) / 1_000).toFixed(0)} s`);
  return folder;
}

/** The image that {@link layerOver} makes. */
export function imageOver(base: Image, name: string, key: string): Image {
  const wholeKey = keyOf(base.key, key);
  return { layers: [folderOf(name, wholeKey), ...base.layers], key: wholeKey };
}

/** A layer over an image, with the changes that `change` makes in a writable view of it. */
export async function layerOver(
  base: Image,
  name: string,
  key: string,
  progress: Progress,
  change: (root: string, logFile: string) => Promise<void>,
): Promise<Image> {
  const image = imageOver(base, name, key);
  await cached(name, image.key, progress, async (folder, logFile) => {
    const root = await mountRoot(base, join(folder, ".."));
    try {
      await change(root.path, logFile);
    } finally {
      await root.unmount();
    }
    renameSync(root.upper, folder);
  });
  return image;
}

/** Writes a file into a root file system. */
export function put(root: string, path: string, content: string | Buffer, mode = 0o644): void {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
}
