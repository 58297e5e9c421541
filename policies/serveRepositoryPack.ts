import { configOf } from "./configuration/packConfig";
import { defaultExceptionsFile, readExceptions } from "./exceptions/file";
import { defaultLevelsFile, readLevels } from "./levels/file";
import type { Pack } from "./support/pack";
import { servePack } from "./support/servePack";

/**
 * Serves a pack from its folder in the repository, as `pulumi up --policy-pack policies/guardrails` does, with the
 * repository's exceptions and levels. A built pack has them in its configuration.
 */
export function serveRepositoryPack(pack: Pack): void {
  const names = { packs: [pack], areAllPacks: false };
  const { problems, ...exceptions } = readExceptions(defaultExceptionsFile, names);
  const { problems: wrongLevels, levels } = readLevels(defaultLevelsFile, names);
  const wrong = [...problems, ...wrongLevels];
  if (wrong.length > 0) {
    // An error would show a stack trace instead of these sentences.
    process.stderr.write(`${wrong.join("\n")}\n`);
    process.exit(1);
  }
  servePack(pack, configOf(pack, { exceptions, levels }));
}
