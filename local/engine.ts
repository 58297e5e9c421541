import { log, runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

import program from "../index";
import "./pulumi/tracelessPromises.cjs";
import * as sdk from "./providers/aws/sdk.cjs";

// Mapping traces takes time that only an unexpected error is worth: they are mapped again when one is told.
process.setSourceMapsEnabled(false);

/** Loads what every run comes to need of AWS's SDK: best while this process only waits. */
export function warmUp(): void {
  sdk.ec2();
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
    return program();
  };
}
