import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

// Mocha loads this once in the process that runs the tests, and calls the hooks there. The processes that it starts,
// among them the workers of `--parallel`, inherit the variable.

let folder: string | undefined;

/** Makes one folder for all temporary files of a run, so that nothing is left when a test fails or leaves a file. */
export function mochaGlobalSetup(): void {
  // Short, because the path of a Unix socket has at most 107 bytes.
  folder = mkdtempSync(path.join(tmpdir(), "t-"));
  // As /tmp: some tests run commands as another user.
  chmodSync(folder, 0o1777);
  process.env["TMPDIR"] = folder;
}

export async function mochaGlobalTeardown(): Promise<void> {
  // A process that is about to end may still write.
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
