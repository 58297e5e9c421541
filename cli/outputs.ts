import { endChildren } from "./children";

/** Exit status of a process that writes to a closed pipe, as in a shell: 128 plus SIGPIPE's number. */
export const closedPipeStatus = 141;

const listeners = new Set<() => void>();
let closed = false;

/**
 * Ends the command quietly when the reader of its output ends, as in `npm run local | head`. Node would throw an
 * error only at the next write, and the work would continue without a reader.
 */
export function watchOutputs(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {
      if (closed) return;
      closed = true;
      if (listeners.size === 0) {
        endChildren();
        process.exit(closedPipeStatus);
      }
      for (const listener of listeners) listener();
    });
  }
}

/** Calls the listener, instead of ending at once, when an output closes. @returns stops that */
export function onClosedOutput(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
