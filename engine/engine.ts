import { runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

import { loadAtNextProcess } from "./nextProcess";
import "./patches/ownConnections";
import "./patches/silentLog";
import "./patches/tracelessPromises";

// Mapping traces takes time that only an unexpected error is worth: they are mapped again when one is printed.
process.setSourceMapsEnabled(false);

/** Loads what every run needs while the engine's process starts: it takes as long to ask for the program. */
export function loadWhileEngineStarts(): void {
  loadAtNextProcess([
    () => import("../index.ts"),
    () => import("../localAws/providers/aws/catalogue.ts"),
    () => import("@aws-sdk/client-ec2"),
  ]);
}

export { serveProviders } from "../localAws/providers/serve";
export { copySettings } from "./settingsCopy";
export { openStack, openWithFewCommands, previewStack } from "./stack";

/** The program, with every resource counted as it registers, before the engine receives it. */
export function countedProgram(onRegistration: () => void): PulumiFn {
  return async () => {
    runtime.registerStackTransformation(({ opts }) => {
      // A resource with a URN belongs to another program or component.
      if (opts.urn === undefined) onRegistration();
      return undefined;
    });
    const { default: program } = await import("../index.ts");
    return program();
  };
}
