import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** Node publishes every new child process on this diagnostics channel. */
const newProcesses = "child_process";

/**
 * Loads modules before their use, when this process starts its next child process. A module that cannot be loaded
 * stops the loading; its first use then reports the reason.
 */
export function loadAtNextProcess(loads: readonly (() => unknown)[]): void {
  const loadAll = async () => {
    for (const load of loads) {
      try {
        await load();
      } catch {
        return;
      }
    }
  };
  const onProcess = () => {
    unsubscribe(newProcesses, onProcess);
    // The process is not started yet.
    setImmediate(() => void loadAll());
  };
  subscribe(newProcesses, onProcess);
}
