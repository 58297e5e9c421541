import type { Context } from "../context";
import { findPairs } from "../pair/parts";
import { pairFacts, pairsText } from "../pair/text";

/** Lists the stack's backups. */
export async function list({ conclude, learn, stack, steps }: Context): Promise<void> {
  const pairs = await steps.run(`Backups of ${stack.name}`, () => findPairs(stack));
  learn({ backups: pairs.map(pairFacts) });
  conclude(pairsText(pairs, new Date()));
}
