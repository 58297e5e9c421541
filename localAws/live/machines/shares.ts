import { randomUUID } from "node:crypto";
import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";

import { run } from "../command";

/** A folder that a machine sees for a moment. */
export interface Share {
  /** Its name in the machine's /efs. */
  readonly name: string;
  /** Takes it out of the machine's /efs. What the machine mounted from it stays mounted. */
  readonly remove: () => Promise<void>;
}

/**
 * The folder that a machine sees as /efs. It is empty, except while the machine's mount helper mounts a file system that
 * a mount target lets it use: mounts in the folder appear in the machine, whose copy of the folder is a slave of it, see
 * mount_namespaces(7). So no process of a machine can reach another file system.
 */
export class Shares {
  private isOpen = false;

  constructor(readonly folder: string) {}

  async open(): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    await run(["mount", "--bind", this.folder, this.folder]);
    this.isOpen = true;
    await run(["mount", "--make-private", this.folder]);
    await run(["mount", "--make-shared", this.folder]);
  }

  /** @returns undefined when the machine is off */
  async add(source: string): Promise<Share | undefined> {
    if (!this.isOpen) return undefined;
    const name = randomUUID();
    const target = join(this.folder, name);
    mkdirSync(target);
    // A path of /proc must stay what it is.
    await run(["mount", "--no-canonicalize", "--bind", source, target]);
    return {
      name,
      remove: async () => {
        // The machine may have ended, and its folder with it.
        if (!this.isOpen) return;
        await run(["umount", "--lazy", target]);
        rmdirSync(target);
      },
    };
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await run(["umount", "--recursive", "--lazy", this.folder]);
  }
}
