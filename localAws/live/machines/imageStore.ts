import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parseJson, z } from "../../../cli/json";
import type { Image } from "../images/image";
import { keyOf, markUsed } from "../images/layer";
import type { Image as ImageRecord } from "../world";

const storedSchema = z.object({ layers: z.array(z.string()), key: z.string() });

/** Debian's name of its releases' images, e.g. `debian-13-amd64-20260112-2355`. */
const debianName = "debian-13-amd64-";

/** The disks of AMIs: Debian's is the stock image, and CreateImage's are in the folder. */
export class ImageStore {
  constructor(
    readonly folder: string,
    private readonly stock: Image,
  ) {}

  /** Whether the image is Debian's own. */
  isStock(image: ImageRecord | undefined): boolean {
    return (
      image?.sourceInstanceId === null && image.architecture === "x86_64" && image.name.startsWith(debianName)
    );
  }

  /** The disk of an AMI; undefined when the live region has none. */
  diskOf(imageId: string, image: ImageRecord | undefined): Image | undefined {
    const file = this.recordFile(imageId);
    if (existsSync(file)) return parseJson(storedSchema, readFileSync(file, "utf8"));
    return this.isStock(image) ? this.stock : undefined;
  }

  /** The folder for the layer of a new AMI. */
  layerFolder(imageId: string): string {
    return join(this.folder, `${imageId}.layer`);
  }

  /** Keeps the disk of a new AMI: a layer over another image. */
  keep(imageId: string, layer: string, base: Image): void {
    const image = { layers: [layer, ...base.layers], key: keyOf(base.key, layer) };
    writeFileSync(this.recordFile(imageId), JSON.stringify(image));
  }

  /** Deletes the AMIs that are not registered, except layers that disks and other AMIs use. Marks the others as used. */
  retain(registered: ReadonlySet<string>, layersOfDisks: readonly string[]): void {
    const entries = readdirSync(this.folder);
    for (const entry of entries.filter((name) => name.endsWith(".json"))) {
      if (!registered.has(entry.slice(0, -".json".length))) rmSync(join(this.folder, entry));
    }
    const records = readdirSync(this.folder).filter((name) => name.endsWith(".json"));
    const used = new Set([
      ...layersOfDisks,
      ...records.flatMap(
        (name) => parseJson(storedSchema, readFileSync(join(this.folder, name), "utf8"))?.layers ?? [],
      ),
    ]);
    for (const layer of used) if (existsSync(layer)) markUsed(layer);
    for (const entry of entries.filter((name) => name.endsWith(".layer"))) {
      const layer = join(this.folder, entry);
      if (!used.has(layer) && !registered.has(entry.slice(0, -".layer".length))) {
        rmSync(layer, { recursive: true, force: true });
      }
    }
  }

  private recordFile(imageId: string): string {
    return join(this.folder, `${imageId}.json`);
  }
}
