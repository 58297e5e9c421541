import type { Properties } from "../resourceType";
import { reading } from "../values";

/** What is to be added and removed so that the set of ids `property` becomes the wanted one. */
export function memberChange(
  old: Properties,
  wanted: Properties,
  property: string,
): { readonly added: string[]; readonly removed: string[] } {
  const before = reading<Record<string, unknown>>(old).strings(property) ?? [];
  const after = reading<Record<string, unknown>>(wanted).strings(property);
  // Left out, AWS's choice stands.
  if (after === undefined) return { added: [], removed: [] };
  return {
    added: after.filter((id) => !before.includes(id)),
    removed: before.filter((id) => !after.includes(id)),
  };
}
