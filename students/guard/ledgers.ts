import { z } from "../../cli/json";
import type { Resource } from "../inventory/resource";
import { ledgerSchema, observe, type Ledger } from "../inventory/spending";
import type { ClassState } from "../state/classState";
import { mergeNote, readNote, type Note } from "../state/notes";
import type { Level } from "./budget";

const keptSchema = ledgerSchema.extend({
  /** The level that a guard reported last, and when. */
  reported: z
    .object({ level: z.enum(["ok", "half", "near", "over", "paused"]), at: z.iso.datetime() })
    .optional(),
});

/** A student's ledger as the class keeps it. */
export type KeptLedger = z.output<typeof keptSchema>;

const ledgers: Note<KeptLedger> = {
  name: "ledgers",
  schema: keptSchema,
  loss: "the guard then counts only what exists now",
};

/** What the guards of the class saw last, by the students' ids. */
export function readLedgers(state: Pick<ClassState, "note">): Promise<ReadonlyMap<string, KeptLedger>> {
  return readNote(state, ledgers);
}

/** What this guard saw of a student's account. */
export interface Sighting {
  readonly id: string;
  /** The ledger with what this guard saw. */
  readonly ledger: Ledger;
  readonly own: readonly Resource[];
  readonly level: Level;
}

/**
 * Adds what this guard saw to the class's ledgers. A level is reported once, until it changes, whichever guard saw it.
 * @returns when each student's level was reported before; without an entry, it is new
 */
export async function keepLedgers(
  state: Pick<ClassState, "note" | "saveNote" | "alone">,
  sightings: readonly Sighting[],
): Promise<ReadonlyMap<string, string>> {
  const before = new Map<string, string>();
  if (sightings.length === 0) return before;
  await mergeNote(state, ledgers, (kept) => {
    const merged = new Map(kept);
    for (const sighting of sightings) {
      const { id, level, ledger } = sighting;
      const earlier = kept.get(id);
      const known = earlier?.reported?.level === level ? earlier.reported : undefined;
      if (known !== undefined) before.set(id, known.at);
      merged.set(id, { ...latest(earlier, sighting), reported: known ?? { level, at: ledger.at } });
    }
    return merged;
  });
  return before;
}

/** Another guard may have seen the account since this one read the ledger. */
function latest(kept: KeptLedger | undefined, { ledger, own }: Sighting): Ledger {
  if (kept === undefined) return ledger;
  return kept.at >= ledger.at ? kept : observe(kept, own, new Date(ledger.at));
}
