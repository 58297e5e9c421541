import path from "node:path";

import { servePacks, type ServedPacks } from "../engine/policyPacks";
import { packsForStack } from "../policies/stackPacks";

/** The servers of the packs that hold some stacks. */
export interface PackServers {
  /** What `--policy-pack` takes for a stack. */
  readonly of: (stackName: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/**
 * Serves the packs of all stacks; stacks that the same packs hold, with the same thresholds, share a server.
 *
 * @param workFolder where the executables for the engine are put
 * @throws Failure when a pack cannot be loaded, or thresholds are wrong
 */
export async function servePacksOf(
  stackNames: readonly string[],
  workFolder: string,
  thresholds: string | undefined,
): Promise<PackServers> {
  const serving = new Map<string, Promise<ServedPacks>>();
  const servingFor = (stackName: string) => {
    const held = packsForStack(stackName, thresholds);
    const key = JSON.stringify(held);
    const served = serving.get(key) ?? servePacks(held);
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
