import { Failure } from "../../cli/failure";
import type { Pair } from "./pair";

/**
 * The backup of this id; without an id, the newest complete one.
 * @param pairs newest first
 * @throws Failure when there is none
 */
export function chosenPair(pairs: readonly Pair[], id: string | undefined, stack: string): Pair {
  const found = pairs.find((pair) => (id === undefined ? pair.state === "complete" : pair.id === id));
  if (found !== undefined) return found;
  throw new Failure(
    id === undefined
      ? `The stack ${stack} has no complete backup.`
      : `The stack ${stack} has no backup ${id}.`,
    `npm run site -- list --stack ${stack} lists its backups.`,
  );
}

/** @throws Failure when the backup cannot be restored */
export function requireComplete({ id, state, reason }: Pair): void {
  if (state === "complete") return;
  throw new Failure(
    `The backup ${id} cannot be restored: it is ${reason === undefined ? state : `incomplete: ${reason}`}.`,
    "Choose another one: npm run site -- list",
  );
}
