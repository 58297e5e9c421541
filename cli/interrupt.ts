import { setTimeout as sleep } from "node:timers/promises";

/** The user's wish to stop, however it arrives. */
export interface Interrupt {
  /** Aborted when the engine has to be told to stop: it finishes what is under way and keeps the state. */
  readonly signal: AbortSignal;
  /** The signal that came, if one did. */
  readonly received: () => NodeJS.Signals | undefined;
  /** The engine has heard it by itself: Ctrl-C in a terminal reaches every process of the group. */
  readonly engineKnows: () => void;
  readonly stopListening: () => void;
}

/**
 * A second signal would make the engine drop what is under way, so it is given time to say that it has had
 * the first. Also, npm hands on a Ctrl-C that the terminal has already sent us: within this time, two are one.
 */
const graceMilliseconds = 500;

/** Exit status of a process that a signal ended, as shells give it. */
export const exitStatusOf: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Listens for Ctrl-C and for the request to end. @param tell hears of the first one */
export function listenForInterrupts(tell: (text: string) => void): Interrupt {
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
    tell("Stopping: what is under way is finished first. Once more to stop at once.");
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
