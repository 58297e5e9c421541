import { guardrails } from "./guardrails/pack";
import { packNames, packsHolding, type HeldBy, type PackName } from "./holding";
import { learnerLab } from "./learner-lab/pack";
import { production } from "./production/pack";
import type { Pack } from "./support/pack";

const packByName: Readonly<Record<PackName, Pack>> = {
  guardrails,
  production,
  "learner-lab": learnerLab,
};

/** Every pack, in the order in which they are shown. */
export const packs: readonly Pack[] = packNames.map((name) => packByName[name]);

/** A pack as it holds one stack, with its rules. */
export interface HoldingPack extends Omit<HeldBy, "name"> {
  readonly pack: Pack;
}

/** The packs that hold a stack, with their rules; {@link packsHolding} says which, and why. */
export function packsOf(stackName: string, configFolder?: string): readonly HoldingPack[] {
  return packsHolding(stackName, configFolder).map(({ name, ...held }) => ({
    pack: packByName[name],
    ...held,
  }));
}
