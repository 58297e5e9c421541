import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { codeOf, Failure } from "../../cli/failure";

/**
 * The user's private key for a public key: the file beside the `.pub` file with the same key.
 * @param folder the user's `.ssh`
 * @returns `undefined` when the folder has none
 */
export async function privateKeyFor(publicKey: string, folder: string): Promise<string | undefined> {
  const wanted = keyOf(publicKey);
  for (const name of await publicKeyFiles(folder)) {
    const file = path.join(folder, name);
    if (keyOf(await readFile(file, "utf8")) === wanted) return file.replace(/\.pub$/, "");
  }
  return undefined;
}

/** @throws Failure when the user named a file that cannot be read */
export async function requireKeyFile(file: string): Promise<void> {
  try {
    await access(file);
  } catch (cause) {
    throw new Failure(
      `--key ${file} cannot be read: ${codeOf(cause) ?? "no reason given"}.`,
      "Name the file of your private key, for example ~/.ssh/id_ed25519.",
      { cause },
    );
  }
}

/** Type and key, without the comment. */
function keyOf(line: string): string {
  return line.trim().split(/\s+/).slice(0, 2).join(" ");
}

async function publicKeyFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".pub")).sort();
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    return [];
  }
}
