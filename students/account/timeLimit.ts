import { setMaxListeners } from "node:events";

import { counted } from "../../cli/counted";

/** Work that did not end in time. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";

  constructor(readonly seconds: number) {
    super(`no answer in ${counted(seconds, "second")}`);
  }
}

/**
 * The result of the work, if it ends in time. The work itself may continue: give it the means to end.
 * @throws TimeLimitError; the signal's reason when it is aborted before
 */
export async function withinSeconds<Result>(
  seconds: number,
  work: () => Promise<Result>,
  stop?: AbortSignal,
): Promise<Result> {
  stop?.throwIfAborted();
  // A command's signal ends hundreds of questions, each with a listener that is removed again.
  if (stop !== undefined) setMaxListeners(0, stop);
  const ended = new AbortController();
  try {
    return await Promise.race([work(), rejectAfter(seconds, ended.signal), rejectWhen(stop, ended.signal)]);
  } finally {
    ended.abort();
  }
}

function rejectAfter(seconds: number, ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => {
      reject(new TimeLimitError(seconds));
    }, seconds * 1_000);
    ended.addEventListener("abort", () => {
      clearTimeout(timer);
    });
  });
}

function rejectWhen(stop: AbortSignal | undefined, ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    stop?.addEventListener(
      "abort",
      () => {
        reject(stop.reason instanceof Error ? stop.reason : new Error("stopped"));
      },
      { signal: ended },
    );
  });
}
