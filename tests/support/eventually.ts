import { setTimeout as sleep } from "node:timers/promises";

const pollMilliseconds = 100;

/**
 * Repeats the question until it has an answer.
 *
 * @param seconds only for a test that hangs, less than the time limit of a test. On a machine with a load of 20 a wait
 * takes 20 times as long.
 * @throws Error that names the awaited event, after `seconds`.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds = 400,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(pollMilliseconds);
  }
}
