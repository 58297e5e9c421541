import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { attempt, run, type Outcome } from "../command";
import type { Image } from "../images/image";
import { mountRoot, type Root } from "../images/overlay";

/** Devices that programs of the image use. */
const devices = ["null", "zero", "random", "urandom"];
const environment = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" };

/** A root file system of the infrastructure image, in which engines of services run: mariadbd and its tools. */
export class EngineRoot {
  private constructor(private readonly root: Root) {}

  /**
   * Mounts it in this mount namespace.
   * @param folder for the changes; an earlier run's may be there
   * @param data folders of this machine, by their path in the root file system
   */
  static async open(
    image: Image,
    folder: string,
    data: Readonly<Record<string, string>>,
  ): Promise<EngineRoot> {
    const root = await mountRoot(image, folder);
    for (const name of ["run", "tmp"]) {
      await run(["mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", join(root.path, name)]);
    }
    await run(["mount", "--rbind", "/proc", join(root.path, "proc")]);
    for (const name of devices) {
      const device = join(root.path, "dev", name);
      mkdirSync(join(root.path, "dev"), { recursive: true });
      if (!existsSync(device)) writeFileSync(device, "");
      await run(["mount", "--bind", `/dev/${name}`, device]);
    }
    for (const [inside, outside] of Object.entries(data)) {
      mkdirSync(outside, { recursive: true });
      mkdirSync(join(root.path, inside), { recursive: true });
      await run(["mount", "--bind", outside, join(root.path, inside)]);
    }
    mkdirSync(join(root.path, "run/mysqld"), { recursive: true });
    chmodSync(join(root.path, "run/mysqld"), 0o1777);
    return new EngineRoot(root);
  }

  /** A command of the image, for {@link start} and the like. */
  command(command: readonly string[], namespace?: string): readonly string[] {
    const inside = namespace === undefined ? [] : ["ip", "netns", "exec", namespace];
    return [...inside, "chroot", this.root.path, ...command];
  }

  get environment(): NodeJS.ProcessEnv {
    return environment;
  }

  /** Runs a command of the image; it must succeed. */
  async run(command: readonly string[], input = "", namespace?: string): Promise<string> {
    return await run(this.command(command, namespace), { input, environment });
  }

  async attempt(command: readonly string[], input = "", namespace?: string): Promise<Outcome> {
    return await attempt(this.command(command, namespace), { input, environment });
  }

  async close(): Promise<void> {
    await run(["umount", "--recursive", this.root.path]);
  }
}
