import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { findProgram } from "../box/programs";
import { attempt, run, type Outcome } from "../command";
import type { Image } from "./image";
import { mountRoot } from "./overlay";

/** The infrastructure image as a root file system of the box: its programs see the box's processes, devices and files. */
export interface Infra {
  readonly root: string;
  /** The command line that runs a command in it. Put `ip netns exec …` before it to choose the network. */
  readonly command: (...command: readonly string[]) => readonly string[];
  /** Runs a command in it, which must succeed. */
  readonly run: (command: readonly string[], input?: string) => Promise<string>;
  readonly attempt: (command: readonly string[], input?: string) => Promise<Outcome>;
  readonly unmount: () => Promise<void>;
}

const environment = ["env", "--unset=TMPDIR", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"];

/**
 * Mounts the infrastructure image in this mount namespace, in `<folder>/infra`. @param folder outlives the box; programs
 * see it and everything below at the same path
 */
export async function makeInfra(image: Image, folder: string): Promise<Infra> {
  const place = join(folder, "infra");
  // Changes of an earlier box, perhaps to another image.
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const { path: root } = await mountRoot(image, place);
  for (const shared of ["/proc", "/sys", "/dev", "/run", "/tmp", folder]) {
    const target = join(root, shared);
    mkdirSync(target, { recursive: true });
    if (existsSync(shared)) await run(["mount", "--rbind", shared, target]);
  }
  const command = (...words: readonly string[]) => [
    findProgram("chroot") ?? "chroot",
    root,
    ...environment,
    ...words,
  ];
  return {
    root,
    command,
    run: async (words, input) => await run(command(...words), input === undefined ? {} : { input }),
    attempt: async (words, input) => await attempt(command(...words), input === undefined ? {} : { input }),
    unmount: async () => {
      // With everything mounted in it, also while its last programs end.
      await run(["umount", "--lazy", root]);
    },
  };
}
