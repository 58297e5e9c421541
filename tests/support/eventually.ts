import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 100;

/**
 * Asks again and again until there is an answer.
 *
 * @throws Error that says what was waited for, when it takes longer than `seconds`.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds = 30,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(pollMilliseconds);
  }
}
