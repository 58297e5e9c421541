import path from "node:path";

import { servePacks, type ServedPacks } from "../engine/policyPacks";
import { packsForStack } from "../policies/stackPacks";

/** The servers of several stacks' packs. */
export interface PackServers {
  /** The arguments of `--policy-pack` for a stack. */
  readonly of: (stackName: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/** The files that configure the packs; undefined for the repository's own. */
export interface PackFiles {
  readonly thresholds: string | undefined;
  readonly exceptions: string | undefined;
  readonly levels: string | undefined;
}

/**
 * Serves the packs of all stacks; stacks with the same packs and thresholds share a server.
 *
 * @param workFolder the folder for the executables that the engine starts
 * @throws Failure when a pack cannot be loaded, or thresholds, exceptions or levels are wrong
 */
export async function servePacksOf(
  stackNames: readonly string[],
  workFolder: string,
  { thresholds, exceptions, levels }: PackFiles,
): Promise<PackServers> {
  const serving = new Map<string, Promise<ServedPacks>>();
  const servingFor = (stackName: string) => {
    const stackPacks = packsForStack(stackName, thresholds);
    const key = JSON.stringify(stackPacks);
    const served = serving.get(key) ?? servePacks(stackPacks, { exceptions, levels });
    serving.set(key, served);
    return served;
  };
  const packs = stackNames.map(
    async (stackName) =>
      [
        stackName,
        await (await servingFor(stackName)).policyPacksIn(path.join(workFolder, stackName)),
      ] as const,
  );
  const stop = async () => {
    for (const each of await Promise.allSettled(serving.values())) {
      if (each.status === "fulfilled") each.value.stop();
    }
  };
  try {
    const policyPacks = new Map(await Promise.all(packs));
    return { of: (stackName) => policyPacks.get(stackName) ?? [], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
