import { spawn } from "node:child_process";

import { lockFile } from "./folders";

/**
 * Waits until no other run uses the cache. The lock goes with this process, however it ends: its holder reads a pipe
 * of ours until that closes.
 * @returns what lets the next one in
 */
export async function takeTurn(): Promise<() => void> {
  const holder = spawn("flock", ["--exclusive", lockFile, "sh", "-c", "echo taken; exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const taken = new Promise<void>((resolve, reject) => {
    holder.once("error", reject);
    holder.once("exit", (code) => {
      reject(new Error(`flock ended with ${code ?? "a signal"} over ${lockFile}`));
    });
    holder.stdout.once("data", () => {
      resolve();
    });
  });
  const notice = setTimeout(() => {
    console.log("Another run uses the cache; waiting for it …");
  }, 1_000);
  try {
    await taken;
  } finally {
    clearTimeout(notice);
  }
  return () => {
    holder.stdin.end();
  };
}
