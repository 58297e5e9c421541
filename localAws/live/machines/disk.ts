import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parseJson, z } from "../../../cli/json";
import { run } from "../command";
import type { Image } from "../images/image";
import { put } from "../images/layer";
import { mountRoot, type Root } from "../images/overlay";
import { diskPaths, machineFiles, type DiskFiles, type MachineSettings } from "./machineFiles";
import { Shares } from "./shares";

const recordSchema = z.object({ imageId: z.string(), layers: z.array(z.string()), key: z.string() });

/** What a disk was made from: its image may be deregistered while it exists. */
export type DiskRecord = Readonly<z.output<typeof recordSchema>>;

/** The disk of one instance: its changes to its image's layers. It is in a folder, and outlives the box. */
export class Disk {
  /** What the machine sees as /efs while the disk is mounted. */
  readonly shares: Shares;
  private mounted: Root | undefined;

  private constructor(
    readonly folder: string,
    readonly record: DiskRecord,
  ) {
    this.shares = new Shares(join(folder, "efs"));
  }

  /** The disk in the folder, or a new one with the image's content. */
  static open(folder: string, record: DiskRecord): Disk {
    const file = join(folder, "disk.json");
    const known = existsSync(file) ? parseJson(recordSchema, readFileSync(file, "utf8")) : undefined;
    if (known !== undefined) return new Disk(folder, known);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(record));
    return new Disk(folder, record);
  }

  /** The changes to the image. */
  get upper(): string {
    return join(this.folder, "upper");
  }

  /** The disk's layers, as an image. */
  get image(): Image {
    return { layers: [this.upper, ...this.record.layers], key: this.record.key };
  }

  /** Mounts the disk with the machine's own files. @returns the root file system's folder */
  async mount(settings: MachineSettings): Promise<string> {
    if (this.mounted !== undefined) return this.mounted.path;
    const own = join(this.folder, "machine");
    // The last boot's files: another authority or address may apply now.
    rmSync(own, { recursive: true, force: true });
    mkdirSync(this.upper, { recursive: true });
    const below = [own, ...this.record.layers];
    for (const file of machineFiles(settings, this.files())) {
      if ("link" in file) link(own, file.path, file.link);
      else put(own, file.path, file.content, file.mode);
    }
    this.trust(settings.trusted);
    this.mounted = await mountRoot({ layers: below, key: this.record.key }, this.folder);
    await this.shares.open();
    return this.mounted.path;
  }

  async unmount(): Promise<void> {
    await this.shares.close();
    await this.mounted?.unmount();
    this.mounted = undefined;
  }

  async remove(): Promise<void> {
    await this.unmount();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Copies the changes into a folder that does not exist, as a layer over the disk's image. */
  async copyTo(folder: string): Promise<void> {
    mkdirSync(this.upper, { recursive: true });
    await run(["cp", "--archive", "--reflink=auto", this.upper, folder]);
  }

  private files(): DiskFiles {
    const read = (path: string): string => {
      const layer = this.record.layers.find((each) => existsSync(join(each, path)));
      return layer === undefined ? "" : readFileSync(join(layer, path), "utf8");
    };
    return { authorities: read(diskPaths.authorities), diversions: read(diskPaths.diversions) };
  }

  /** A machine that wrote its own list of authorities would not see the region's. */
  private trust(trusted: string): void {
    const file = join(this.upper, diskPaths.authorities);
    if (!existsSync(file) || !lstatSync(file).isFile()) return;
    const known = readFileSync(file, "utf8");
    if (!known.includes(trusted)) writeFileSync(file, `${known}${trusted}`);
  }
}

function link(root: string, path: string, target: string): void {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  symlinkSync(target, file);
}
