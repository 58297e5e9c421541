import { asset } from "@pulumi/pulumi";
import { readFile, readdir, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";

/** Why a package cannot be measured: the end of "the package is …". */
export interface Unmeasurable {
  readonly because: string;
}

export type Measured = { readonly bytes: number } | Unmeasurable;

/** The unzipped size of a package: the sum of its files. */
export async function unzippedSize(code: unknown): Promise<Measured> {
  if (code instanceof asset.StringAsset) {
    return { bytes: Buffer.byteLength(await textIn(code, "text")) };
  }
  if (code instanceof asset.FileAsset || code instanceof asset.FileArchive) {
    return await sizeOfPath(await textIn(code, "path"));
  }
  if (code instanceof asset.AssetArchive) return await sizeOfMembers(code);
  return { because: "a remote archive or asset" };
}

async function sizeOfMembers(archive: asset.AssetArchive): Promise<Measured> {
  const members = await past(archive, "assets");
  let bytes = 0;
  for (const member of Object.values(members ?? {})) {
    const size = await unzippedSize(member);
    if ("because" in size) return size;
    bytes += size.bytes;
  }
  return { bytes };
}

async function sizeOfPath(path: string): Promise<Measured> {
  // The pack runs in its own folder and does not know the program's.
  if (!isAbsolute(path)) return { because: `at a relative path (${path})` };
  const entry = await stat(path);
  if (entry.isDirectory()) return { bytes: await sizeOfFolder(path) };
  if (path.endsWith(".zip")) return { bytes: await sizeInZip(path) };
  return { bytes: entry.size };
}

async function sizeOfFolder(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function sizeInZip(path: string): Promise<number> {
  const { unzipSync } = await import("fflate");
  let bytes = 0;
  unzipSync(await readFile(path), {
    filter: ({ originalSize }) => {
      bytes += originalSize;
      // Only the size matters, not the content.
      return false;
    },
  });
  return bytes;
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
