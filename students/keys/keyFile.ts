import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import { waitForLock } from "../../cli/lock";
import type { ClassFolder } from "../classFolder";
import { keySchema, newKey, type StudentKey } from "./key";

const fileSchema = z.object({
  /** Where the class reached the emulator last. */
  url: z.string().optional(),
  /** By the students' ids. */
  keys: z.record(z.string(), keySchema),
});
type KeyFile = z.output<typeof fileSchema>;

/** Only the owner may read it. */
const ownerOnly = 0o600;

/**
 * The keys of these students. A student keeps the key; one without gets a new one.
 * @param url where the class reaches the emulator from now on; undefined: keep the last address
 */
export async function keysFor(
  { folder }: Pick<ClassFolder, "folder">,
  ids: readonly string[],
  url?: string,
): Promise<{ readonly keys: ReadonlyMap<string, StudentKey>; readonly url: string | undefined }> {
  const lock = await waitForLock(path.join(folder, "keys.lock"), "creates keys", () => undefined);
  try {
    const before = await read(fileIn(folder));
    const known = new Map(Object.entries(before.keys));
    const keys = new Map(ids.map((id) => [id, known.get(id) ?? newKey()]));
    const current = url ?? before.url;
    await write(folder, {
      ...(current === undefined ? {} : { url: current }),
      keys: Object.fromEntries([...known, ...keys]),
    });
    return { keys, url: current };
  } finally {
    await lock.release();
  }
}

async function read(file: string): Promise<KeyFile> {
  try {
    const parsed = parseJson(fileSchema, await readFile(file, "utf8"));
    if (parsed !== undefined) return parsed;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { keys: {} };
    throw error;
  }
  throw new Failure(
    `${file} is not a file of keys.`,
    "Restore it, or delete it: the students then get new keys and new sheets.",
  );
}

async function write(folder: string, content: KeyFile): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${fileIn(folder)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(content, undefined, 2), { mode: ownerOnly });
  // The mode of a new file depends on the umask, and that of an existing one stays.
  await chmod(draft, ownerOnly);
  await rename(draft, fileIn(folder));
}

function fileIn(folder: string): string {
  return path.join(folder, "keys.json");
}
