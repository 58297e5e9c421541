import { configOf } from "./configuration/packConfig";
import { defaultExceptionsFile, readExceptions } from "./exceptions/file";
import type { Pack } from "./support/pack";
import { servePack } from "./support/servePack";

/**
 * Serves a pack from its folder in the repository, as `pulumi up --policy-pack policies/guardrails` does, with the
 * repository's exceptions. A built pack has them in its configuration.
 */
export function serveRepositoryPack(pack: Pack): void {
  const { problems, ...exceptions } = readExceptions(defaultExceptionsFile, {
    packs: [pack],
    areAllPacks: false,
  });
  if (problems.length > 0) {
    process.stderr.write(`${problems.join("\n")}\n`);
    process.exit(1);
  }
  servePack(pack, configOf(pack, { exceptions }));
}
