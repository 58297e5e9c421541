import { setTimeout as sleep } from "node:timers/promises";

/** Waits for visitors or for a page to become old. No check depends on the exact time. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}
