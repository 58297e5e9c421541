import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

import { lockFile } from "./folders";
import type { Progress } from "./layer";

/** The cache's lock, held by this process. */
export interface Turn {
  /** The open lock file. A process that inherits it keeps the lock until it ends. */
  readonly lock: number;
  readonly end: () => void;
}

/**
 * Waits until no other run uses the cache, then locks it. The lock belongs to the open file, so the kernel releases it
 * when this process ends, however it ends.
 */
export async function takeTurn(progress: Progress): Promise<Turn> {
  const lock = openSync(lockFile, "a");
  const notice = setTimeout(() => {
    progress("Another run uses the cache; waiting for it …");
  }, 1_000);
  try {
    await lockOpenFile(lock);
  } catch (error) {
    closeSync(lock);
    throw error;
  } finally {
    clearTimeout(notice);
  }
  return {
    lock,
    end: () => {
      closeSync(lock);
    },
  };
}

/** Uses flock(1) on the inherited file, because Node.js has no flock(2). It ends with this process while it waits. */
async function lockOpenFile(lock: number): Promise<void> {
  const flock = spawn("setpriv", ["--pdeathsig", "KILL", "flock", "--exclusive", "3"], {
    stdio: ["ignore", "inherit", "inherit", lock],
  });
  await new Promise<void>((resolve, reject) => {
    flock.once("error", reject);
    flock.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`flock ended with ${code ?? "a signal"} on ${lockFile}`));
    });
  });
}
