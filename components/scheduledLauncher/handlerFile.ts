import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { ExpectedError } from "../settings/expectedError";
import { bundleHandler, bundleOptions, repository } from "./bundle";

let file: Promise<string> | undefined;

/** Path of the function's code, the same for all stacks of a process. */
export function handlerFile(): Promise<string> {
  file ??= bundledFile(repository);
  return file;
}

/** The code in a package of the components, which has neither TypeScript nor esbuild. A checkout has no such file. */
export const readyFile = (root: string) => path.join(root, "lambda", "handler.bundle.js");

/**
 * Writes the function's code to a file and returns the file's path.
 *
 * A file, because Pulumi stores the text of a StringAsset twice in the stack's state and writes it at every step.
 * @param root the folder that contains `lambda` and `node_modules`.
 */
export async function bundledFile(root: string): Promise<string> {
  if (existsSync(readyFile(root))) return readyFile(root);
  const folder = path.join(root, ".local", "cache", "launcher");
  const installed = path.join(root, "node_modules", ".package-lock.json");
  // Without npm's list of the installed versions, only the code itself shows whether it changed.
  if (!existsSync(installed))
    return written(folder, hashOf(await bundleHandler(root)), () => bundleHandler(root));
  const sources = await contentsOf([
    installed,
    path.join(root, "tsconfig.json"),
    ...(await handlerSources(root)),
  ]);
  return written(folder, hashOf(bundleOptions, sources), () => bundleHandler(root));
}

/** Builds the code only if the folder has no file of this name. */
async function written(folder: string, name: string, code: () => Promise<string>): Promise<string> {
  const file = path.join(folder, `${name}.js`);
  if (existsSync(file)) return file;
  const content = await code();
  try {
    await mkdir(folder, { recursive: true });
    // A run at the same moment finds the whole file or none.
    const unfinished = `${file}.${randomUUID()}`;
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (error) {
    throw new ExpectedError(
      `The launcher's code cannot be written: ${error instanceof Error ? error.message : String(error)}\n` +
        `Make ${folder} writable, or free disk space, then run the command again.`,
      { cause: error },
    );
  }
  return file;
}

async function handlerSources(root: string): Promise<readonly string[]> {
  const folder = path.join(root, "lambda");
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => path.join(folder, name));
}

function contentsOf(files: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(files.map(async (file) => [path.basename(file), await readFile(file, "utf8")] as const));
}

function hashOf(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
