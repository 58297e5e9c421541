import { setTimeout as sleep } from "node:timers/promises";

import { endChildren } from "./children";
import { closedPipeStatus, onClosedOutput } from "./outputs";

/** The signals that stop a command: Ctrl-C, a request to end, or a closed output. */
export type StopReason = NodeJS.Signals;

/** Stops a command when the user asks for it. */
export interface Interrupt {
  /** Aborted when the engine must stop: it finishes the operations that run, and keeps the state. */
  readonly signal: AbortSignal;
  /** The first signal that arrived; SIGPIPE for a closed output. */
  readonly received: () => StopReason | undefined;
  /** The engine has received the signal itself: Ctrl-C in a terminal reaches every process of the group. */
  readonly engineKnows: () => void;
  /**
   * Does work that a signal must not cut off, such as an update of the engine. Outside of such work, a signal ends
   * all processes at once.
   */
  readonly finishing: <T>(work: () => Promise<T>) => Promise<T>;
  readonly stopListening: () => void;
}

/**
 * A second signal makes the engine stop at once, so the engine gets time to report that it has received the first. Also,
 * npm forwards a Ctrl-C that the terminal has already sent: within this time two signals count as one.
 */
export const graceMilliseconds = 500;

/** How long a command may take to end by itself after its child processes have ended. */
export const endMilliseconds = 1_500;

/** Exit status of a process that a signal ended, as in a shell. */
export const exitStatusOf: Readonly<Record<string, number>> = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGPIPE: closedPipeStatus,
};

/** Listens for Ctrl-C, for the request to end and for a closed output. @param report prints a line to the user */
export function listenForInterrupts(report: (text: string) => void): Interrupt {
  const controller = new AbortController();
  let received: StopReason | undefined;
  let receivedAt = 0;
  let engineKnows = false;
  let finishing = 0;

  const endNow = (name: StopReason) => {
    endChildren();
    process.exit(exitStatusOf[name]);
  };
  const onSignal = (name: StopReason) => {
    if (received !== undefined) {
      if (performance.now() - receivedAt > graceMilliseconds) endNow(name);
      return;
    }
    received = name;
    receivedAt = performance.now();
    if (finishing === 0) {
      controller.abort();
      endChildren();
      // The command ends by itself, because its processes have ended; a wait for something else ends here.
      setTimeout(() => {
        endNow(name);
      }, endMilliseconds).unref();
      return;
    }
    report("Stopping: the operations in progress finish first. Press Ctrl-C again to stop at once.");
    void sleep(name === "SIGPIPE" ? 0 : graceMilliseconds).then(() => {
      if (!engineKnows) controller.abort();
    });
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  const stopWatching = onClosedOutput(() => {
    onSignal("SIGPIPE");
  });

  return {
    signal: controller.signal,
    received: () => received,
    engineKnows: () => {
      engineKnows = true;
    },
    finishing: async (work) => {
      finishing += 1;
      try {
        return await work();
      } finally {
        finishing -= 1;
      }
    },
    stopListening: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
      stopWatching();
    },
  };
}
