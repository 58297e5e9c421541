import { runtime, type ResourceTransform } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

import { loadAtNextProcess } from "./nextProcess";
import "./patches/ownConnections";
import "./patches/silentLog";
import "./patches/tracelessPromises";

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

/** A resource that the program registers. */
export interface Registered {
  readonly type: string;
  readonly name: string;
}

/**
 * The program, with every resource reported as it registers, before the engine receives it.
 *
 * @param onRegistration called within the resource's constructor
 * @param transform changes the resources, also those that components create in a provider; default: none does
 */
export function countedProgram(
  onRegistration: (resource: Registered) => void,
  transform?: ResourceTransform,
): PulumiFn {
  return async () => {
    if (transform !== undefined) runtime.registerResourceTransform(transform);
    runtime.registerStackTransformation(({ opts, type, name }) => {
      // A resource with a URN belongs to another program or component.
      if (opts.urn === undefined) onRegistration({ type, name });
      return undefined;
    });
    const { default: program } = await import("../index.ts");
    return program();
  };
}
