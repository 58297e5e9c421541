import { setTimeout as sleep } from "node:timers/promises";

export interface Repeated {
  /** Ends the repetition, after the work that has begun. */
  readonly stop: () => Promise<void>;
}

/** Does the work now and again and again, with a pause after each. A failure goes to `failed`, and the work continues. */
export function repeat(
  milliseconds: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Repeated {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = (async () => {
    while (!signal.aborted) {
      await work().catch(failed);
      await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
        // The only failure of a pause is its end.
        if (!signal.aborted) throw error;
      });
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await running;
    },
  };
}
