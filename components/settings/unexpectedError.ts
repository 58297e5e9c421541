import { inspect } from "node:util";

/**
 * Makes Pulumi's SDK print the trace of a programming error at once.
 *
 * The SDK passes the error to `util.inspect`, in color. Node.js 20 and 22 then search the paths of the SDK's source maps,
 * which lead to files that do not exist, for up to 40 seconds. This gives the error a text of its own: its trace, without
 * colors. It does nothing where no listener handles such errors, because a listener would keep the process alive.
 *
 * @see https://github.com/pulumi/pulumi/issues/21326
 */
export function printTracesAtOnce(): void {
  if (isFirst(process.listeners("uncaughtException"))) process.prependListener("uncaughtException", giveText);
  if (isFirst(process.listeners("unhandledRejection")))
    process.prependListener("unhandledRejection", giveText);
}

function isFirst(listeners: readonly unknown[]): boolean {
  return listeners.length > 0 && !listeners.includes(giveText);
}

function giveText(error: unknown): void {
  if (!(error instanceof Error) || inspect.custom in error) return;
  const { stack = error.message } = error;
  Object.defineProperty(error, inspect.custom, { value: () => stack });
}
