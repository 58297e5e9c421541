import type { Properties } from "../resourceType";
import { reading } from "../values";

/** The ids to add and to remove so that the set of ids `property` becomes the new one. */
export function memberChange(
  old: Properties,
  wanted: Properties,
  property: string,
): { readonly added: string[]; readonly removed: string[] } {
  const before = reading<Record<string, unknown>>(old).strings(property) ?? [];
  const after = reading<Record<string, unknown>>(wanted).strings(property);
  // An omitted property keeps AWS's choice.
  if (after === undefined) return { added: [], removed: [] };
  return {
    added: after.filter((id) => !before.includes(id)),
    removed: before.filter((id) => !after.includes(id)),
  };
}
