import { log, runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

import { loadAtNextProcess } from "./nextProcess";
import "./patches/ownConnections.cjs";
import "./patches/tracelessPromises.cjs";

// Mapping traces takes time that only an unexpected error is worth: they are mapped again when one is told.
process.setSourceMapsEnabled(false);

/** Loads what every run comes to need while the engine's process starts: it takes as long to ask for the program. */
export function loadWhileEngineStarts(): void {
  loadAtNextProcess([
    () => import("../index.ts"),
    () => import("../localAws/providers/aws/catalogue.ts"),
    () => import("@aws-sdk/client-ec2"),
  ]);
}

// The SDK tells the engine, in three calls a resource, what it is about to do; only `pulumi --debug` shows it.
Object.assign(log, { debug: () => Promise.resolve() });

export { serveProviders } from "../localAws/providers/serve";
export { copySettings } from "./settingsCopy";
export { openStack, openWithFewCommands, previewStack } from "./stack";

/** The program, with every resource counted as it is registered, before the engine hears of it. */
export function countedProgram(onRegistration: () => void): PulumiFn {
  return async () => {
    runtime.registerStackTransformation(({ opts }) => {
      // One with a URN is another's resource, that a remote component refers to.
      if (opts.urn === undefined) onRegistration();
      return undefined;
    });
    const { default: program } = await import("../index.ts");
    return program();
  };
}
