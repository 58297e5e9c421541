import { existsSync } from "node:fs";
import { join } from "node:path";

import { guardrails } from "./guardrails/pack";
import { learnerLab } from "./learner-lab/pack";
import { production } from "./production/pack";
import type { Pack } from "./support/pack";

/** Every pack, in the order in which they are shown. */
export const packs: readonly Pack[] = [guardrails, production, learnerLab];

/** A pack as it holds one stack. */
export interface HoldingPack {
  readonly pack: Pack;
  /** What `--policy-pack` takes. */
  readonly folder: string;
  /** What `--policy-pack-config` takes; our numbers alone where there is none. */
  readonly configFile: string | undefined;
}

/**
 * The packs that hold a stack: the guardrails every one, production's `prod`, the lab's `lab` and those of
 * students (`lab-NAME`). Other thresholds of a stack stand in `config/<stack>.<pack>.json`.
 */
export function packsOf(stackName: string, root = __dirname): readonly HoldingPack[] {
  return packs
    .filter((pack) => holds(pack, stackName))
    .map((pack) => {
      const configFile = join(root, "config", `${stackName}.${pack.name}.json`);
      return {
        pack,
        folder: join(root, pack.name),
        configFile: existsSync(configFile) ? configFile : undefined,
      };
    });
}

function holds(pack: Pack, stackName: string): boolean {
  switch (pack) {
    case production:
      return stackName === "prod";
    case learnerLab:
      return stackName === "lab" || stackName.startsWith("lab-");
    default:
      return true;
  }
}
