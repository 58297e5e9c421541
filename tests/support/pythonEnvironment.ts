import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";

import { defaultFolder, ensureEnvironment } from "../../localAws/emulator";

/**
 * Gives another emulator's folder the Python environment of an emulator's folder, through links: installing one for each
 * test takes 15 s.
 *
 * @param from default: the working copy's
 */
export async function sharePythonEnvironment(folder: string, from = defaultFolder): Promise<void> {
  const python = await ensureEnvironment({ folder: from, report: () => undefined });
  const venv = path.resolve(python, "../..");
  const compiled = path.join(from, "pycache");
  await mkdir(compiled, { recursive: true });
  await mkdir(folder, { recursive: true });
  for (const shared of [venv, compiled]) await symlink(shared, path.join(folder, path.basename(shared)));
}
