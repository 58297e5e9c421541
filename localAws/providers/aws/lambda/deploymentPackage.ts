import { strToU8, zipSync, type Zippable } from "fflate";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { PropertyValue } from "../resourceType";
import { isObject } from "../values";

/** The earliest time in a zip. With a fixed time, the same files result in the same bytes. */
const mtime = new Date(1980, 0, 1);

/**
 * A function's code as a zip, with the same bytes for the same files.
 * @param code an AssetArchive of StringAssets and FileAssets in the provider protocol's format.
 */
export function deploymentPackage(code: PropertyValue): Uint8Array {
  const assets = isObject(code) ? code["assets"] : undefined;
  if (assets === undefined || !isObject(assets)) {
    throw new Error("code: the local provider supports an AssetArchive of StringAssets and FileAssets");
  }
  const files: Zippable = {};
  for (const [name, asset] of Object.entries(assets)) files[name] = contentOf(name, asset);
  return zipSync(files, { mtime });
}

/** Lambda's `CodeSha256`. */
export function codeSha256(zip: Uint8Array): string {
  return createHash("sha256").update(zip).digest("base64");
}

function contentOf(name: string, asset: PropertyValue): Uint8Array {
  if (isObject(asset)) {
    const { text, path } = asset;
    if (typeof text === "string") return strToU8(text);
    if (typeof path === "string") return readFileSync(path);
  }
  throw new Error(`code: ${name} - allowed: StringAssets and FileAssets`);
}
