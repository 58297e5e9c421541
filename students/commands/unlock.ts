import { mapLimited } from "../pool/mapLimited";
import type { CommandContext, Outcome } from "./context";

/** Frees the students that a killed run has left locked. Asks first, as the run may still work. */
export async function unlock({ run, confirm }: CommandContext): Promise<Outcome> {
  const found = await mapLimited(run.stacks, async ({ student }) => ({
    id: student.id,
    lock: await run.state.foreignLock(student.id),
  }));
  const locked = found.flatMap(({ id, lock }) => (lock === undefined ? [] : [{ id, ...lock }]));
  const facts = { students: locked.map(({ id, text }) => ({ id, lock: text })) };
  if (locked.length === 0) return { ok: true, text: "No student is locked.", facts };
  const lines = locked.map(({ id, text }) => `${id}: ${text}`);
  const question = `${lines.join("\n")}\nFree them? A run that still works on a stack would leave it half done.`;
  if (!(await confirm(question))) return { ok: true, text: "Nothing was changed.", facts };
  await mapLimited(locked, ({ remove }) => remove());
  return { ok: true, text: `Free now: ${locked.map(({ id }) => id).join(", ")}.`, facts };
}
