"use strict";
// Pulumi's SDK writes out a stack trace for each of the thousands of promises that it makes, a tenth of a preview's
// time. Only PULUMI_DEBUG_PROMISE_LEAKS ever shows them.

const debuggable = require("@pulumi/pulumi/runtime/debuggable");

if (!debuggable.debugPromiseLeaks) {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}
