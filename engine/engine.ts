import { runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

import { loadAtNextProcess } from "./nextProcess";
import "./patches/ownConnections";
import "./patches/silentLog";
import "./patches/tracelessPromises";

// Source-mapping every trace takes too long: traces are mapped when an unexpected error is printed.
process.setSourceMapsEnabled(false);

/** Loads the modules that every run needs while the engine's process starts: both take about as long. */
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
