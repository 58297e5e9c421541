import { log, runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

import { loadCatalogue, loadProgram } from "./lazily.cjs";
import "./pulumi/tracelessPromises.cjs";
import * as sdk from "./providers/aws/sdk.cjs";

// Mapping traces takes time that only an unexpected error is worth: they are mapped again when one is told.
process.setSourceMapsEnabled(false);

/** Node tells there of every process that is being started. */
const newProcesses = "child_process";

/**
 * Loads what every run comes to need, once the engine's process is on its way: that takes as long to ask for the
 * program as this takes.
 */
export function loadWhileEngineStarts(): void {
  const load = () => {
    loadProgram();
    loadCatalogue();
    sdk.ec2();
  };
  const onProcess = () => {
    unsubscribe(newProcesses, onProcess);
    // It has yet to be started.
    setImmediate(load);
  };
  subscribe(newProcesses, onProcess);
}

// The SDK tells the engine, in three calls a resource, what it is about to do; only `pulumi --debug` shows it.
Object.assign(log, { debug: () => Promise.resolve() });

export { serveProviders } from "./providers/serve";
export { copySettings } from "./pulumi/settingsCopy";
export { openStack, openWithFewCommands, previewStack } from "./pulumi/stack";

/** The program, with every resource counted as it is registered, before the engine hears of it. */
export function countedProgram(onRegistration: () => void): PulumiFn {
  return () => {
    runtime.registerStackTransformation(({ opts }) => {
      // One with a URN is another's resource, that a remote component refers to.
      if (opts.urn === undefined) onRegistration();
      return undefined;
    });
    return loadProgram()();
  };
}
