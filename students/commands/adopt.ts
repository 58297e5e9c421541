import { mapLimited } from "../pool/mapLimited";
import type { StudentStack } from "../settings/studentSettings";
import { moveStates } from "../state/moveStates";
import { resultText } from "../ui/resultText";
import type { CommandContext, Outcome } from "./context";
import { resultOf } from "./engine";
import { withStack } from "./withStack";
import { workOn } from "./work";

/**
 * Gives the class its lost states again: those in this machine's folder move to the shared backend, and those that are
 * nowhere are written again from what the students' accounts have.
 */
export async function adoptClass(context: CommandContext): Promise<Outcome> {
  const { run, invocation } = context;
  const known = await withCompleteState(run);
  const unknown = run.stacks.filter((stack) => !known.includes(stack));
  const moved = await moveStates(run, unknown);
  const lost = unknown.filter((stack) => !moved.includes(stack));
  const endings = await workOn(context, "adopt", lost);
  const results = run.stacks.map((stack) =>
    resultOf(stack, lost.includes(stack), endings.get(stack.student.id)),
  );
  const blocks = new Map(
    [...endings].flatMap(([id, { report }]) =>
      report.cidrBlock === undefined ? [] : [[id, report.cidrBlock]],
    ),
  );
  await keepBlocks(context, blocks, new Set([...known, ...moved].map(({ student }) => student.id)));
  const ids = (stacks: readonly StudentStack[]) => stacks.map(({ student }) => student.id).join(", ");
  const text = [
    resultText(invocation, results, new Date()),
    ...(moved.length === 0 ? [] : [`Moved from this machine's folder: ${ids(moved)}.`]),
    ...(known.length === 0 ? [] : [`Their state is not lost: ${ids(known)}.`]),
    ...(blocks.size === 0 ? [] : ["Run up next: it updates what differs from the settings."]),
  ];
  return {
    ok: results.every(({ status }) => status === "done" || status === "nothing to do"),
    text: text.join("\n"),
    facts: { students: results, moved: moved.map(({ student }) => student.id) },
  };
}

/** An interrupted adoption continues: its state has only a part of the stack. */
async function withCompleteState(run: CommandContext["run"]): Promise<readonly StudentStack[]> {
  const known = await withStack(run);
  const records = await mapLimited(known, ({ student }) => run.state.record(student.id));
  return known.filter((_, index) => {
    const record = records[index];
    return record?.operation !== "adopt" || (record.endedAt !== undefined && record.error === undefined);
  });
}

/**
 * Keeps the address ranges that adopted stacks have. Students without a stack lose theirs, because it may be an adopted
 * one's; the next run assigns another.
 */
async function keepBlocks(
  { run: { state, ids } }: CommandContext,
  adopted: ReadonlyMap<string, string>,
  others: ReadonlySet<string>,
): Promise<void> {
  if (adopted.size === 0) return;
  await state.alone("keeps the address ranges of adopted stacks", async () => {
    const assigned = [...(await state.blocks())].filter(([id]) => others.has(id) || !ids.includes(id));
    await state.saveBlocks(new Map([...assigned, ...adopted]));
  });
}
