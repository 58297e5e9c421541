import { setTimeout as sleep } from "node:timers/promises";

/** The user's request to stop: Ctrl-C or SIGTERM. */
export interface Interrupt {
  /** Aborted when the engine has to stop: it finishes the operations in progress and keeps the state. */
  readonly signal: AbortSignal;
  /** The signal that arrived, if any. */
  readonly received: () => NodeJS.Signals | undefined;
  /** The engine has received the signal itself: Ctrl-C in a terminal reaches every process of the group. */
  readonly engineKnows: () => void;
  readonly stopListening: () => void;
}

/**
 * A second signal makes the engine stop at once, so the engine gets time to report that it has received the first. Also,
 * npm forwards a Ctrl-C that the terminal has already sent: within this time two signals count as one.
 */
const graceMilliseconds = 500;

/** The exit status of a process that a signal ended, as in shells. */
export const exitStatusOf: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Listens for Ctrl-C and SIGTERM. @param print prints what happens after the first one */
export function listenForInterrupts(print: (text: string) => void): Interrupt {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  let receivedAt = 0;
  let engineKnows = false;

  const onSignal = (name: NodeJS.Signals) => {
    if (received !== undefined) {
      if (performance.now() - receivedAt > graceMilliseconds) process.exit(exitStatusOf[name]);
      return;
    }
    received = name;
    receivedAt = performance.now();
    print("Stopping: the operations in progress finish first. Press Ctrl-C again to stop at once.");
    void sleep(graceMilliseconds).then(() => {
      if (!engineKnows) controller.abort();
    });
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);

  return {
    signal: controller.signal,
    received: () => received,
    engineKnows: () => {
      engineKnows = true;
    },
    stopListening: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
