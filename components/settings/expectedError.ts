import { inspect } from "node:util";

/**
 * An error that the user can fix. Pulumi's CLI prints only its message, without a stack trace and without its fields.
 * Any other error is a programming error and keeps its stack trace.
 */
export class ExpectedError extends Error {
  /**
   * The mark of Pulumi's own `RunError`. It is set here, not inherited, so that commands which only read settings do
   * not load Pulumi's SDK.
   */
  readonly __pulumiRunError = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // Pulumi's SDK prints `stack` when an argument of a lookup failed.
    this.stack = message;
    // It also writes the name of each property that depends on the failed value into the message.
    Object.defineProperty(this, "message", { get: () => message, set: () => undefined });
  }

  /**
   * Pulumi's SDK passes every error to `util.inspect`, in color, also after it has printed the message. With frames
   * or a cause to format, Node.js 20 needs up to 40 seconds for that: it searches the paths of the SDK's source maps,
   * which lead to files that do not exist.
   *
   * @see https://github.com/pulumi/pulumi/issues/21326
   */
  [inspect.custom](): string {
    return this.message;
  }
}
