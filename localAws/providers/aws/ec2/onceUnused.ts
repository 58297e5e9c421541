import { waitUntil } from "../wait";

/** What holds it is often about to go: a network interface takes AWS seconds to vanish. */
const maxSeconds = 60;

/**
 * Deletes what AWS refuses to delete while something still uses it (`DependencyViolation`), as soon as it is
 * free. What the engine deletes at the same time, or AWS by itself, needs its time.
 * @throws AWS's refusal when it is still used after a minute.
 */
export async function onceUnused<Answer>(remove: () => Promise<Answer>): Promise<void> {
  let refusal: unknown;
  const gone = await waitUntil(maxSeconds, async () => {
    try {
      await remove();
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "DependencyViolation") throw error;
      refusal = error;
      return false;
    }
  });
  if (!gone) throw refusal;
}
