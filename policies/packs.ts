import { guardrails } from "./guardrails/pack";
import { learnerLab } from "./learner-lab/pack";
import { production } from "./production/pack";
import { packNames, packsForStack, type PackName, type StackPack } from "./stackPacks";
import type { Pack } from "./support/pack";

const packByName: Readonly<Record<PackName, Pack>> = {
  guardrails,
  production,
  "learner-lab": learnerLab,
};

/** Every pack, in the order in which reports list them. */
export const packs: readonly Pack[] = packNames.map((name) => packByName[name]);

/** A pack that applies to a stack, with its rules. */
export interface LoadedPack extends Omit<StackPack, "name"> {
  readonly pack: Pack;
}

/** The packs of {@link packsForStack}, with their rules. */
export function packsOf(stackName: string, configFolder?: string): readonly LoadedPack[] {
  return packsForStack(stackName, configFolder).map(({ name, ...stackPack }) => ({
    pack: packByName[name],
    ...stackPack,
  }));
}
