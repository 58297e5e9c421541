/**
 * Speed only, for a process that runs one program after another and never two at once. Pulumi's SDK keeps the state of a
 * program in an AsyncLocalStorage, for which Node.js 20 and 22 follow each of the thousands of promises that a program
 * creates. With this patch the state is a variable. It must be loaded before Pulumi's SDK.
 *
 * Node.js 24 follows promises without that cost: it needs no patch.
 * Upstream: https://github.com/pulumi/pulumi/issues/20737 is about the same storage.
 * Checked against: @pulumi/pulumi 3.270.0.
 */
import { speedPatchesAreOn } from "./speedPatches";

const nodeMajorVersion = Number(process.versions.node.split(".")[0]);

let current: unknown;

/** The SDK uses this one if it is there, and creates its own if not. */
const asyncLocalStorage = {
  run<Given extends readonly unknown[], Result>(
    store: unknown,
    callback: (...given: Given) => Result,
    ...given: Given
  ): Result {
    current = store;
    return callback(...given);
  },
  getStore: () => current,
};

if (speedPatchesAreOn && nodeMajorVersion < 24) Object.assign(globalThis, { asyncLocalStorage });
