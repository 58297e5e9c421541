import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { run } from "../../../localAws/live/command";
import { labFolder } from "./folders";

/**
 * Mounts {@link labFolder} in memory and makes all programs write their temporary files there, so that the files are
 * removed with the mount namespace of this process.
 */
export async function keepTemporaryFilesInMemory(): Promise<void> {
  mkdirSync(labFolder, { recursive: true });
  await run(["mount", "-t", "tmpfs", "tmpfs", labFolder]);
  const folder = join(labFolder, "tmp");
  mkdirSync(folder);
  // The mode of /tmp: apt writes there as its own user.
  chmodSync(folder, 0o1777);
  process.env["TMPDIR"] = folder;
}
