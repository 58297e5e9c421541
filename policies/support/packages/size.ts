import { asset } from "@pulumi/pulumi";
import { existsSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";

import { programFolders } from "./programFolders";
import { sizeInTar } from "./tar";
import { sizeInZip } from "./zip";

/** Why a package cannot be measured: the end of "the package is …". */
export interface Unmeasurable {
  readonly because: string;
}

/** `undefined` for a file that the pack does not find, such as one at a path relative to the program. */
export type Measured = { readonly bytes: number } | Unmeasurable | undefined;

/** The unzipped size of a package: the sum of its files. */
export async function unzippedSize(code: unknown): Promise<Measured> {
  if (code instanceof asset.StringAsset) {
    return { bytes: Buffer.byteLength(await textIn(code, "text")) };
  }
  if (code instanceof asset.FileAsset) {
    const file = found(await textIn(code, "path"));
    return file === undefined ? undefined : { bytes: (await stat(file)).size };
  }
  if (code instanceof asset.FileArchive) {
    const file = found(await textIn(code, "path"));
    return file === undefined ? undefined : { bytes: await sizeOfArchive(file) };
  }
  if (code instanceof asset.AssetArchive) return await sizeOfMembers(code);
  return { because: "a remote archive or asset" };
}

/** Without the members that the pack does not find; `undefined` if it finds none. */
async function sizeOfMembers(archive: asset.AssetArchive): Promise<Measured> {
  const members = Object.values((await past(archive, "assets")) ?? {});
  const sizes: { readonly bytes: number }[] = [];
  for (const member of members) {
    const size = await unzippedSize(member);
    if (size === undefined) continue;
    if ("because" in size) return size;
    sizes.push(size);
  }
  if (sizes.length === 0 && members.length > 0) return undefined;
  return { bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The absolute path. Pulumi reads a relative one from the program's folder. */
function found(file: string): string | undefined {
  return programFolders()
    .map((folder) => path.resolve(folder, file))
    .find((each) => existsSync(each));
}

/** As Pulumi reads it: a folder, or an archive, whose format the content shows better than the name. */
async function sizeOfArchive(file: string): Promise<number> {
  if ((await stat(file)).isDirectory()) return await sizeOfFolder(file);
  const magic = await firstBytes(file);
  if (magic.startsWith("504b")) return await sizeInZip(file);
  return await sizeInTar(file, magic.startsWith("1f8b"));
}

async function firstBytes(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString("hex");
  } finally {
    await handle.close();
  }
}

/**
 * Pulumi follows a link to a file, skips a link to a folder, and skips `.pulumi`.
 * Source: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/archive/archive.go
 */
async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries
    .filter(({ name }) => name !== ".pulumi")
    .map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return await sizeOfFolder(file);
      const target = await stat(file);
      return target.isFile() ? target.size : 0;
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function textIn(from: object, property: string): Promise<string> {
  return String(await past(from, property));
}

/**
 * Reads a property without the policy SDK's proxy: an asset has its parts in promises, and a promise behind a proxy
 * cannot be awaited. The proxy returns descriptors unchanged.
 */
function past(from: object, property: string): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(from, property)?.value;
  return value;
}
