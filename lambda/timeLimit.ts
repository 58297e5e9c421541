/** The part of Lambda's context object that reports the time left. */
export interface Remaining {
  readonly getRemainingTimeInMillis: () => number;
}

/** Left for the report after the last request. The shortest time limit of a function is 1 second. */
const reserveMilliseconds = 500;

/** Aborts shortly before Lambda ends the function, which would lose the report and the reason. */
export function timeLimitOf(context: Remaining): AbortSignal {
  return AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserveMilliseconds));
}
