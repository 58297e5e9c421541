import type { StudentAccount } from "../account/account";
import type { InventoryClients } from "../inventory/clients";
import { inventoryOf, type Inventory } from "../inventory/inventory";
import { attribute, type Attributed, type Owner } from "../inventory/origin";
import type { Resource } from "../inventory/resource";
import type { StudentStack } from "../settings/studentSettings";

/** What a student has in an account, now and before. */
export interface Possessions {
  readonly inventory: Inventory;
  /** Resources of the student's stack and those that the student made by hand, with past servers. */
  readonly own: readonly Resource[];
  /** Those that exist, each with its origin, others' included. */
  readonly attributed: readonly Attributed[];
}

/** Lists an account, and which part of it is the student's. */
export async function look(clients: InventoryClients, owner: Owner): Promise<Possessions> {
  const inventory = await inventoryOf(clients);
  const all = attribute(inventory, owner);
  const past = new Set(inventory.past);
  return {
    inventory,
    own: all.filter(({ origin }) => origin === "stack" || origin === "hand").map(({ resource }) => resource),
    attributed: all.filter(({ resource }) => !past.has(resource)),
  };
}

export function ownerOf(
  { student, settings: { fleet, launcher } }: Pick<StudentStack, "student" | "settings">,
  { owner }: Pick<StudentAccount, "owner">,
): Owner {
  const keys = [fleet.keyPairName, launcher.keyPairName];
  return {
    id: student.id,
    sharesAccount: owner !== undefined,
    ownKeyPairs: keys.filter((name) => name !== undefined),
  };
}
