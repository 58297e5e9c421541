import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** Node tells there of every process that is being started. */
const newProcesses = "child_process";

/**
 * Loads modules ahead of their use, once the next process that this one starts is on its way. What cannot be loaded
 * is left to its first use: there somebody waits for it, and hears why.
 */
export function loadAtNextProcess(loads: readonly (() => unknown)[]): void {
  const loadAll = () => {
    for (const load of loads) {
      try {
        load();
      } catch {
        return;
      }
    }
  };
  const onProcess = () => {
    unsubscribe(newProcesses, onProcess);
    // It has yet to be started.
    setImmediate(loadAll);
  };
  subscribe(newProcesses, onProcess);
}
