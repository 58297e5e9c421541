import { counted } from "../../cli/counted";
/** How long AWS may take to delete a resource: a database takes 5 to 15 minutes. */
const maxWaitSeconds = 20 * 60;

/** Options of the SDK's waiters: the first answer soon, then rarely enough for AWS's limits. */
export const patience = { maxWaitTime: maxWaitSeconds, minDelay: 1, maxDelay: 15 };

/** Waits until the question has no answer any more. */
export async function untilGone(
  isThere: () => Promise<boolean>,
  sleep: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  const deadline = Date.now() + maxWaitSeconds * 1000;
  for (let wait = patience.minDelay; await isThere(); wait = Math.min(2 * wait, patience.maxDelay)) {
    if (Date.now() > deadline)
      throw new Error(`AWS did not delete it within ${counted(maxWaitSeconds / 60, "minute")}`);
    await sleep(wait * 1000);
  }
}
