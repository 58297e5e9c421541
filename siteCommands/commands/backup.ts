import type { Context } from "../context";
import { beyond } from "../pair/pair";
import { findPairs } from "../pair/parts";
import { removePair } from "../pair/remove";
import { takePair } from "../pair/take";
import { pairFacts } from "../pair/text";

/** Makes a backup; before it, deletes what failed ones left, and after it, those beyond `--keep`. */
export async function backup(context: Context): Promise<void> {
  const { interrupt, invocation, learn, conclude, stack, steps } = context;
  await interrupt.finishing(async () => {
    await removeIncomplete(context);
    const pair = await steps.run(`Backup of ${stack.name}`, (say) =>
      takePair(stack, { roleArn: invocation.role, signal: interrupt.signal, say }),
    );
    learn({ backup: pairFacts(pair) });
    conclude(
      [
        `Backup   ${pair.id}`,
        `Restore  npm run site -- restore ${pair.id} --stack ${stack.name}${invocation.local ? " --local" : ""}`,
      ].join("\n"),
    );
    const { keep } = invocation;
    if (keep !== undefined) await removeOld(context, keep);
  });
}

/** Another backup in progress keeps its parts. */
async function removeIncomplete({ stack, screen }: Context): Promise<void> {
  for (const pair of await findPairs(stack)) {
    if (pair.state !== "incomplete") continue;
    // RDS deletes no snapshot that it still makes.
    if (pair.snapshot?.status === "creating") continue;
    await removePair(stack, pair);
    screen.print(`Deleted the incomplete backup ${pair.id}: ${pair.reason ?? ""}.`);
  }
}

async function removeOld({ stack, screen, learn }: Context, keep: number): Promise<void> {
  const old = beyond(await findPairs(stack), keep);
  for (const pair of old) {
    await removePair(stack, pair);
    screen.print(`Deleted the backup ${pair.id}, older than the newest ${String(keep)}.`);
  }
  learn({ deleted: old.map(({ id }) => id) });
}
