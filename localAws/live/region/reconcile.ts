import { messageOf } from "../../../cli/failure";
import type { World } from "../world";
import type { Part } from "./part";

/** What a round of all parts left to do. */
export interface Round {
  /** The names of parts that failed: the next round calls them again although nothing changed. */
  readonly failed: readonly string[];
}

/**
 * Gives the world to all parts in their order: the network comes before what uses it. A part that fails does not keep
 * the others from their work.
 */
export async function reconcile(
  parts: readonly Part[],
  world: World,
  log: (line: string) => void,
): Promise<Round> {
  const failed: string[] = [];
  for (const part of parts) {
    try {
      await part.reconcile(world);
    } catch (error) {
      failed.push(part.name);
      log(`${part.name}: ${messageOf(error)}`);
    }
  }
  return { failed };
}

/** Stops all parts, the last one first. */
export async function stopParts(parts: readonly Part[], log: (line: string) => void): Promise<void> {
  for (const part of [...parts].reverse()) {
    try {
      await part.stop();
    } catch (error) {
      log(`${part.name} did not stop: ${messageOf(error)}`);
    }
  }
}
