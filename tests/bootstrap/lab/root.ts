import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { run } from "../../../localAws/live/command";
import type { Image } from "../../../localAws/live/images/image";
import { labFolder } from "../support/folders";

/** A writable view of an image, in memory. @returns the folder of the root file system */
export async function makeRoot(name: string, image: Image, diskMiB: number): Promise<string> {
  const disk = join(labFolder, name);
  mkdirSync(disk, { recursive: true });
  await run(["mount", "-t", "tmpfs", "-o", `size=${diskMiB}m`, "tmpfs", disk]);
  for (const each of ["upper", "work", "root"]) mkdirSync(join(disk, each));
  const options = `lowerdir=${image.layers.join(":")},upperdir=${disk}/upper,workdir=${disk}/work`;
  await run(["mount", "-t", "overlay", "overlay", "-o", options, join(disk, "root")]);
  return join(disk, "root");
}

/** A command in a root file system, without the folder of the lab's temporary files. */
export function chrooted(root: string, command: readonly string[]): readonly string[] {
  return ["chroot", root, "env", "--unset=TMPDIR", ...command];
}
