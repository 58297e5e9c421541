import { runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

import program from "../index";

export { serveProviders } from "./providers/serve";
export { copySettings } from "./pulumi/settingsCopy";
export { openStack, previewStack } from "./pulumi/stack";

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
