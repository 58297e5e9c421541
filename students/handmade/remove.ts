import { messageOf } from "../../cli/failure";
import type { InventoryClients } from "../inventory/clients";
import { typeOf } from "../inventory/types";
import { nameOf } from "../preflight/client";
import type { Item } from "./items";

/** What became of a resource that was made by hand. */
export type Removal =
  | { readonly item: Item; readonly state: "removed" | "kept" }
  | { readonly item: Item; readonly state: "refused"; readonly reason: string };

/** The codes of a resource that no longer exists: it went with another one. */
const gone = /NotFound|NotExist|NoSuch|InvalidVolume\.NotFound/;
/** Auto Scaling has one code for every mistake. */
const groupGone = /group name not found/i;

/**
 * Removes what is chosen, in order: each kind only when the kinds that use it are gone. A refusal does not keep it from
 * removing the others.
 */
export async function removeItems(
  clients: InventoryClients,
  items: readonly Item[],
  chosen: ReadonlySet<Item>,
  { stop, report }: { readonly stop: AbortSignal; readonly report: (item: Item) => void },
): Promise<readonly Removal[]> {
  const removals: Removal[] = [];
  for (const item of items) {
    if (!chosen.has(item) || stop.aborted) {
      removals.push({ item, state: "kept" });
      continue;
    }
    report(item);
    removals.push(await removeItem(clients, item));
  }
  return removals;
}

async function removeItem(clients: InventoryClients, item: Item): Promise<Removal> {
  const { kind, id } = item.resource;
  try {
    await typeOf(kind).remove(clients, id);
    return { item, state: "removed" };
  } catch (error) {
    if (gone.test(nameOf(error)) || groupGone.test(messageOf(error))) return { item, state: "removed" };
    return { item, state: "refused", reason: `${nameOf(error)}: ${messageOf(error)}` };
  }
}
