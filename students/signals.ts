import type { Interrupt } from "../cli/interrupt";

/** The user's signals, for a command with workers that handle them too. */
export interface Signals extends Interrupt {
  /** Calls the listener with each signal. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => void;
}

/** Listens for Ctrl-C and for the request to end. Every signal reaches the listeners: a second one ends the workers. */
export function listenForSignals(print: (text: string) => void): Signals {
  const controller = new AbortController();
  const listeners: ((name: NodeJS.Signals) => void)[] = [];
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    if (received === undefined)
      print("Stopping: no more students start, those in progress finish as far as they can.");
    received ??= name;
    controller.abort();
    for (const listener of listeners) listener(name);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    received: () => received,
    engineKnows: () => undefined,
    onSignal: (listener) => {
      listeners.push(listener);
    },
    stopListening: () => {
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    },
  };
}
