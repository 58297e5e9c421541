import path from "node:path";

import { servePacks } from "../local/pulumi/policyPacks";
import { configsOf } from "../local/session";
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
  const foldersByGroup = new Map<string, Set<string>>();
  for (const [stackName, packs] of held) {
    for (const pack of packs) {
      const group = groupOf(stackName, pack);
      foldersByGroup.set(group, (foldersByGroup.get(group) ?? new Set()).add(pack.folder));
    }
  }
  const settled = await Promise.allSettled(
    [...foldersByGroup].map(([group, folders]) => servePacks([...folders], path.join(workFolder, group))),
  );
  const stop = () => {
    for (const each of settled) if (each.status === "fulfilled") each.value.stop();
  };
  const failed = settled.find((each) => each.status === "rejected");
  if (failed !== undefined) {
    stop();
    throw failed.reason;
  }
  return {
    stop,
    of: (stackName) => {
      const packs = held.get(stackName) ?? [];
      return {
        policyPacks: packs.map((pack) => path.join(workFolder, groupOf(stackName, pack), pack.name)),
        policyPackConfigs: configsOf(packs),
      };
    },
  };
}

/** Whose servers hold a stack's pack: its own, or everyone's. */
function groupOf(stackName: string, { configFile }: HeldBy): string {
  return configFile === undefined ? "shared" : path.join("own", stackName);
}
