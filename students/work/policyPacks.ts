import { servePacks, type ServedPacks } from "../../engine/policyPacks";
import { packsForStack } from "../../policies/stackPacks";
import { classSettingsStack } from "../settings/classSettings";

let serving: Promise<ServedPacks> | undefined;

/**
 * The values of `--policy-pack` for the packs of every student's stack; this process serves them once. The
 * exceptions of the class's stack apply to every student.
 */
export async function policyPacksIn(folder: string): Promise<readonly string[]> {
  serving ??= servePacks(packsForStack(classSettingsStack), { ofStack: classSettingsStack });
  return (await serving).policyPacksIn(folder);
}
