import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";

import { defaultFolder, ensureEnvironment } from "../../localAws/emulator";

/**
 * Gives another emulator's folder the Python environment of the working copy, through links: installing one for each
 * test takes 15 s.
 */
export async function sharePythonEnvironment(folder: string): Promise<void> {
  const venv = path.resolve(await ensureEnvironment({ report: () => undefined }), "../..");
  const compiled = path.join(defaultFolder, "pycache");
  await mkdir(compiled, { recursive: true });
  await mkdir(folder, { recursive: true });
  for (const shared of [venv, compiled]) await symlink(shared, path.join(folder, path.basename(shared)));
}
