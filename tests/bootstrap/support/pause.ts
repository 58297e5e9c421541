import { setTimeout as sleep } from "node:timers/promises";

/** Lets visitors come, or a page grow old. Nothing is asserted by the time that passes. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}
