import { strToU8, zipSync, type Zippable } from "fflate";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { PropertyValue } from "../resourceType";
import { isObject } from "../values";

/** Zips tell no time before 1980; a fixed one makes the same files the same bytes. */
const mtime = new Date(1980, 0, 1);

/**
 * A function's code as Lambda wants it: a zip, the same bytes for the same files.
 * @param code an AssetArchive of StringAssets and FileAssets, as the provider protocol carries it.
 */
export function deploymentPackage(code: PropertyValue): Uint8Array {
  const assets = isObject(code) ? code["assets"] : undefined;
  if (assets === undefined || !isObject(assets)) {
    throw new Error("code: allowed here is an AssetArchive of StringAssets and FileAssets");
  }
  const files: Zippable = {};
  for (const [name, asset] of Object.entries(assets)) files[name] = contentOf(name, asset);
  return zipSync(files, { mtime });
}

/** What Lambda calls `CodeSha256`. */
export function codeSha256(zip: Uint8Array): string {
  return createHash("sha256").update(zip).digest("base64");
}

function contentOf(name: string, asset: PropertyValue): Uint8Array {
  if (isObject(asset)) {
    const { text, path } = asset;
    if (typeof text === "string") return strToU8(text);
    if (typeof path === "string") return readFileSync(path);
  }
  throw new Error(`code: ${name} - allowed here are StringAssets and FileAssets`);
}
