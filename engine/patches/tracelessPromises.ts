/**
 * Speed only. Pulumi's SDK formats a stack trace for each of the thousands of promises that a program creates, and prints
 * them only with PULUMI_DEBUG_PROMISE_LEAKS. With this patch it formats none.
 *
 * Upstream: no issue; https://github.com/pulumi/pulumi/pull/1374 made the output optional, not the traces.
 * Checked against: @pulumi/pulumi 3.270.0.
 */
import { internalFunction } from "./internals";
import { speedPatchesAreOn } from "./speedPatches";

if (speedPatchesAreOn && process.env["PULUMI_DEBUG_PROMISE_LEAKS"] === undefined) {
  const { original, replace } = internalFunction("@pulumi/pulumi/runtime/debuggable", "debuggablePromise");
  replace((...given) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return original(...given);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });
}
