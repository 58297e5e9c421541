import type { ResourceTransform } from "@pulumi/pulumi";

import { importIdOf, type Found } from "./found";

/** Resources in AWS that the engine may create again, as the provider cannot import them: AWS replaces the same setting. */
export const createdAgain: ReadonlySet<string> = new Set(["aws:autoscaling/notification:Notification"]);

/** The resources that the next run of the engine imports. */
export interface Imports {
  readonly transform: ResourceTransform;
  /** Sets what the account has. Before, nothing is imported. */
  readonly set: (found: readonly Found[]) => void;
}

/**
 * Makes the engine import each resource of the program that the account has, and update it to the settings.
 */
export function imports(): Imports {
  let known: readonly Found[] = [];
  return {
    set: (found) => {
      known = found;
    },
    transform: ({ custom, type, name, props, opts }) => {
      const id = custom ? importIdOf(known, type, name) : undefined;
      return id === undefined ? undefined : { props, opts: { ...opts, import: id } };
    },
  };
}
