import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 100;

/**
 * Repeats the question until it has an answer.
 *
 * @throws Error that names the awaited event, after `seconds`.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds = 150,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(pollMilliseconds);
  }
}
