import { setTimeout as sleep } from "node:timers/promises";

/** Polls with growing intervals. @returns whether the condition became true before the time-out */
export async function waitUntil(withinSeconds: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + withinSeconds * 1000;
  let pauseMs = 50;
  while (!(await isSo())) {
    if (Date.now() >= end) return false;
    await sleep(Math.min(pauseMs, Math.max(0, end - Date.now())));
    pauseMs = Math.min(2 * pauseMs, 5000);
  }
  return true;
}
