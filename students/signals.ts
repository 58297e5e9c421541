import { endChildren } from "../cli/children";
import { endMilliseconds, exitStatusOf, graceMilliseconds, type Interrupt } from "../cli/interrupt";
import { onClosedOutput } from "../cli/outputs";

/** The user's signals, for a command with workers that handle them too. */
export interface Signals extends Interrupt {
  /** Calls the listener with the first signal. While there are listeners, the first signal lets the work finish. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => void;
}

/**
 * Listens for Ctrl-C, for the request to end and for a closed output. The first signal reaches the listeners, so that
 * workers finish their operations; without listeners it ends all processes. A second signal always ends them.
 */
export function listenForSignals(print: (text: string) => void): Signals {
  const controller = new AbortController();
  const listeners: ((name: NodeJS.Signals) => void)[] = [];
  let received: NodeJS.Signals | undefined;
  let receivedAt = 0;
  const endNow = (name: NodeJS.Signals) => {
    endChildren();
    process.exit(exitStatusOf[name]);
  };
  const onSignal = (name: NodeJS.Signals) => {
    if (received !== undefined) {
      if (performance.now() - receivedAt > graceMilliseconds) endNow(name);
      return;
    }
    received = name;
    receivedAt = performance.now();
    controller.abort();
    if (listeners.length === 0) {
      endChildren();
      setTimeout(endNow, endMilliseconds, name).unref();
      return;
    }
    print(
      "Stopping: no more students start, and operations in progress finish. Press Ctrl-C again to stop at once.",
    );
    for (const listener of listeners) listener(name);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const stopWatching = onClosedOutput(() => {
    onSignal("SIGPIPE");
  });
  return {
    signal: controller.signal,
    received: () => received,
    engineKnows: () => undefined,
    finishing: (work) => work(),
    onSignal: (listener) => {
      listeners.push(listener);
    },
    stopListening: () => {
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      stopWatching();
    },
  };
}
