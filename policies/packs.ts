import { guardrails } from "./guardrails/pack";
import { learnerLab } from "./learner-lab/pack";
import { production } from "./production/pack";
import { packNames, packsForStack, type StackPack, type PackName } from "./stackPacks";
import type { Pack } from "./support/pack";

const packByName: Readonly<Record<PackName, Pack>> = {
  guardrails,
  production,
  "learner-lab": learnerLab,
};

/** Every pack, in the order in which they are shown. */
export const packs: readonly Pack[] = packNames.map((name) => packByName[name]);

/** A pack as it holds one stack, with its rules. */
export interface LoadedPack extends Omit<StackPack, "name"> {
  readonly pack: Pack;
}

/** The packs that hold a stack, with their rules; {@link packsForStack} says which, and why. */
export function packsOf(stackName: string, configFolder?: string): readonly LoadedPack[] {
  return packsForStack(stackName, configFolder).map(({ name, ...held }) => ({
    pack: packByName[name],
    ...held,
  }));
}
