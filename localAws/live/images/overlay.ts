import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "../command";
import type { Image } from "./image";

/** Whether this process is root in a user namespace, and not on the machine itself. */
export function isInUserNamespace(): boolean {
  return !/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync("/proc/self/uid_map", "utf8").trimEnd());
}

/** A path as overlayfs reads it from its options. */
function escaped(path: string): string {
  if (path.includes(",")) throw new Error(`${path}: overlay file systems cannot use a path with a comma.`);
  return path.replace(/[\\:]/g, "\\$&");
}

/** The options of a writable view of layers. In a user namespace, overlayfs keeps its marks in `user.` attributes. */
export function overlayOptions(image: Image, upper: string, work: string, inUserNamespace: boolean): string {
  const lower = image.layers.map(escaped).join(":");
  const options = `lowerdir=${lower},upperdir=${escaped(upper)},workdir=${escaped(work)}`;
  return inUserNamespace ? `${options},userxattr` : options;
}

/** A root file system, mounted in a folder. */
export interface Root {
  readonly path: string;
  /** The changes, as a layer over the image. */
  readonly upper: string;
  readonly unmount: () => Promise<void>;
}

/**
 * Mounts a writable view of an image in this mount namespace. The changes stay in `<folder>/upper`, also after the
 * unmount: mount again to continue with them.
 */
export async function mountRoot(image: Image, folder: string): Promise<Root> {
  const upper = join(folder, "upper");
  const work = join(folder, "work");
  const path = join(folder, "root");
  for (const each of [upper, work, path]) mkdirSync(each, { recursive: true });
  const options = overlayOptions(image, upper, work, isInUserNamespace());
  await run(["mount", "-t", "overlay", "overlay", "-o", options, path]);
  return {
    path,
    upper,
    unmount: async () => {
      await run(["umount", path]);
    },
  };
}
