import { Failure } from "../../cli/failure";
import { parseJson, z } from "../../cli/json";
import type { ClassState, NoteName } from "./classState";

/** A text that a class keeps for all of its students. */
export interface Note<Value> {
  readonly name: NoteName;
  /** What one student has in it. */
  readonly schema: z.ZodType<Value>;
  /** What is lost without it, for the error about a damaged one. */
  readonly loss: string;
}

type NoteState = Pick<ClassState, "note" | "saveNote" | "alone">;

/**
 * What the class keeps of each student, by id.
 * @throws Failure when it is damaged
 */
export async function readNote<Value>(
  state: Pick<NoteState, "note">,
  { name, schema, loss }: Note<Value>,
): Promise<ReadonlyMap<string, Value>> {
  const text = (await state.note(name)) ?? "";
  const read = text === "" ? {} : parseJson(z.record(z.string(), schema), text);
  if (read !== undefined) return new Map(Object.entries(read));
  throw new Failure(`The class's ${name} cannot be read.`, `Restore them, or remove them: ${loss}.`);
}

/**
 * Changes what the class keeps, so that of several runs at the same time each adds its part.
 * @param merge gets what is kept now, also what another run has added since this one began
 */
export async function mergeNote<Value>(
  state: NoteState,
  note: Note<Value>,
  merge: (kept: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>,
): Promise<void> {
  await state.alone(`writes the class's ${note.name}`, async () => {
    const merged = merge(await readNote(state, note));
    await state.saveNote(note.name, JSON.stringify(Object.fromEntries(merged)));
  });
}
