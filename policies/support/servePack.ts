import { PolicyPack } from "@pulumi/policy";

import type { Pack } from "./pack";

/** Serves a pack to the engine. The working directory must be the pack's folder: the SDK reads the version there. */
export function servePack({ name, displayName, description, rules }: Pack): void {
  new PolicyPack(name, { displayName, description, provider: "aws", policies: [...rules] });
}
