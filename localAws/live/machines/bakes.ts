import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { parseJson, z } from "../../../cli/json";
import { run } from "../command";
import { cacheFolder } from "../images/folders";
import type { Image } from "../images/image";
import { keyOf, markUsed } from "../images/layer";

const bakeSchema = z.object({ bakedAt: z.string(), console: z.string() });

/** A bake that passed: the builder powered itself off, and its disk became an image. */
export interface Bake {
  /** The builder's disk when it was off. */
  readonly image: Image;
  readonly console: string;
  readonly bakedAt: string;
}

const unusedMilliseconds = 7 * 24 * 3_600_000;

/**
 * Bakes of this machine by the content of their base image and their user data. A builder with the same content has the
 * recorded disk and console at once, because a bake with the same content has the same result.
 */
export class Bakes {
  /** @param isOn whether a bake may have the recorded result */
  constructor(
    private readonly isOn = process.env["LIVE_BAKE_CACHE"] !== "off",
    private readonly folder = join(cacheFolder, "bakes"),
  ) {}

  find(base: Image, userData: string): Bake | undefined {
    const folder = this.folderOf(base, userData);
    const file = join(folder, "bake.json");
    if (!this.isOn || !existsSync(file)) return undefined;
    const bake = parseJson(bakeSchema, readFileSync(file, "utf8"));
    if (bake === undefined) return undefined;
    markUsed(folder);
    const layer = join(folder, "layer");
    return { ...bake, image: { layers: [layer, ...base.layers], key: keyOf(base.key, layer) } };
  }

  /** Keeps a copy of the layer of a builder that passed. */
  async keep(base: Image, userData: string, layer: string, console: string): Promise<void> {
    const folder = this.folderOf(base, userData);
    if (!this.isOn || existsSync(folder)) return;
    const unfinished = `${folder}.${process.pid}.${Date.now()}`;
    mkdirSync(unfinished, { recursive: true });
    await run(["cp", "--archive", "--reflink=auto", layer, join(unfinished, "layer")]);
    writeFileSync(
      join(unfinished, "bake.json"),
      JSON.stringify({ bakedAt: new Date().toISOString(), console }),
    );
    // Another region may have kept the same bake in the meantime.
    if (existsSync(folder)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, folder);
    this.removeUnused();
  }

  private folderOf(base: Image, userData: string): string {
    return join(this.folder, keyOf(base.key, userData));
  }

  private removeUnused(): void {
    for (const entry of readdirSync(this.folder)) {
      const path = join(this.folder, entry);
      if (Date.now() - statSync(path).mtimeMs > unusedMilliseconds)
        rmSync(path, { recursive: true, force: true });
    }
  }
}
