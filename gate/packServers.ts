import path from "node:path";

import { servePacks } from "../local/pulumi/policyPacks";
import { packsHolding, type HeldBy } from "../policies/holding";

/** The packs that hold one stack, as the engine takes them. */
export interface StackPacks {
  readonly policyPacks: readonly string[];
  /** In their order, empty for none; no entry at all when none has any. */
  readonly policyPackConfigs: readonly string[];
}

/** The servers of the packs that hold some stacks. */
export interface PackServers {
  readonly of: (stackName: string) => StackPacks;
  readonly stop: () => void;
}

/**
 * Serves the packs of all stacks, with as few servers as can be: a server keeps one configuration, so stacks
 * share one for every pack for which they have no thresholds of their own.
 *
 * @param workFolder where the executables for the engine are put
 * @throws Failure when a pack does not start, with what it said
 */
export async function servePacksOf(
  stackNames: readonly string[],
  workFolder: string,
  thresholds: string | undefined,
): Promise<PackServers> {
  const held = new Map(stackNames.map((stackName) => [stackName, packsHolding(stackName, thresholds)]));
  const folders = new Map(
    [...held].flatMap(([stackName, packs]) => packs.map((pack) => [keyOf(stackName, pack), pack.folder])),
  );
  const settled = await Promise.allSettled(
    [...folders].map(async ([key, folder]) => ({
      key,
      served: await servePacks([folder], path.join(workFolder, path.dirname(key))),
    })),
  );
  const started = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const stop = () => {
    for (const { served } of started) served.stop();
  };
  const failed = settled.find((each) => each.status === "rejected");
  if (failed !== undefined) {
    stop();
    throw failed.reason;
  }
  const executables = new Map(
    started.flatMap(({ key, served }) => served.packs.map(({ executable }) => [key, executable])),
  );
  return {
    stop,
    of: (stackName) => {
      const packs = held.get(stackName) ?? [];
      const configs = packs.map(({ configFile = "" }) => configFile);
      return {
        policyPacks: packs.flatMap((pack) => executables.get(keyOf(stackName, pack)) ?? []),
        policyPackConfigs: configs.some((file) => file !== "") ? configs : [],
      };
    },
  };
}

/** Which server a stack's pack is held by: its own, or everyone's. */
function keyOf(stackName: string, { name, configFile }: HeldBy): string {
  return configFile === undefined ? `shared/${name}` : `${stackName}/${name}`;
}
