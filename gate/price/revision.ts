import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file as a revision of Git has it; undefined when the revision does not have it, or without Git. */
export async function fileAt(
  revision: string,
  folder: string,
  name: string,
): Promise<Uint8Array | undefined> {
  try {
    const { stdout } = await run("git", ["show", `${revision}:./${name}`], {
      cwd: folder,
      encoding: "buffer",
    });
    return stdout;
  } catch (error) {
    // Git's own exit status, or no program of this name.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** Whether a revision exists in the folder's repository. */
export async function isRevision(revision: string, folder: string): Promise<boolean> {
  try {
    await run("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], {
      cwd: folder,
    });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
