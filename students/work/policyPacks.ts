import { servePacks, type ServedPacks } from "../../engine/policyPacks";
import { packsForStack } from "../../policies/stackPacks";
import { classSettingsStack } from "../settings/classSettings";

let serving: Promise<ServedPacks> | undefined;

/**
 * What `--policy-pack` takes of the packs that hold every student's stack; they are served once for all that this
 * process works on.
 */
export async function policyPacksIn(folder: string): Promise<readonly string[]> {
  serving ??= servePacks(packsForStack(classSettingsStack));
  return (await serving).policyPacksIn(folder);
}
