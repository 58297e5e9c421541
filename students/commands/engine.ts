import { counted } from "../../cli/counted";
import { refuseEnded } from "../guard/ended";
import type { Ended } from "../pool/worker";
import type { StudentStack } from "../settings/studentSettings";
import { costFacts, costLines, type BilledStack, type ClassCost } from "../ui/costText";
import { resultText, type StudentResult } from "../ui/resultText";
import type { Operation } from "../work/task";
import type { CommandContext, Outcome } from "./context";
import { withStack } from "./withStack";
import { workOn } from "./work";

/** Operations on existing stacks only. */
const needStack: ReadonlySet<Operation> = new Set(["pause", "resume", "down"]);

/**
 * Does one operation on each student's stack and reports each result.
 * @param prepare runs after the user's answer and before the first change of a stack
 */
export async function engineCommand(
  context: CommandContext,
  operation: Operation,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  const { run, invocation } = context;
  if (operation === "up" || operation === "resume") refuseEnded(run.stacks, new Date());
  const there = needStack.has(operation) ? await withStack(run) : run.stacks;
  if (operation === "down" && !(await mayTakeDown(context, there))) {
    return { ok: true, text: "Nothing was changed.", facts: { students: [] } };
  }
  await prepare();
  const endings = await workOn(context, operation, there);
  const results = run.stacks.map((stack) =>
    resultOf(stack, there.includes(stack), endings.get(stack.student.id)),
  );
  const costs =
    operation === "plan" || operation === "up"
      ? costLines(costAfter(run.stacks, results, invocation.local))
      : [];
  return {
    ok: results.every(({ status }) => status === "done" || status === "nothing to do"),
    text: [resultText(invocation, results, new Date()), ...costs].join("\n"),
    facts: { students: results },
  };
}

/** Counts stacks that are up, or would be. A failed or missing run may have left any part of a stack. */
export function costAfter(
  stacks: readonly BilledStack[],
  results: readonly Pick<StudentResult, "id" | "status" | "resources">[],
  local: boolean,
): ClassCost {
  const of = new Map(results.map((result) => [result.id, result]));
  return {
    billed: stacks.filter(({ student }) => of.get(student.id)?.status === "done"),
    unknown: results
      .filter(({ status, resources }) => status === "not started" || (status === "failed" && resources !== 0))
      .map(({ id }) => id),
    local,
  };
}

/** A student's result, from the end of the work. @param asked whether there was work to do */
export function resultOf(stack: StudentStack, asked: boolean, ended: Ended | undefined): StudentResult {
  const { student, region, settings } = stack;
  const about = {
    id: student.id,
    name: student.name,
    region,
    cost: costFacts(settings, student.budgetDollars),
  };
  if (!asked) return { ...about, status: "nothing to do" };
  if (ended === undefined) return { ...about, status: "not started" };
  if (ended.kind === "done") return { ...about, status: "done", ...ended.report };
  return { ...about, status: "failed", ...ended.report, reason: ended.reason, remedy: ended.remedy };
}

async function mayTakeDown(
  { confirm, invocation, run }: CommandContext,
  stacks: readonly StudentStack[],
): Promise<boolean> {
  if (stacks.length === 0) return true;
  const where = invocation.local ? "in the emulator" : "in AWS";
  const guarded = stacks.filter(({ settings: { database, fleet } }) =>
    [
      database.deletionProtection,
      database.finalSnapshot,
      fleet.loadBalancerDeletionProtection,
      fleet.dataDeletionProtection,
    ].includes(true),
  );
  const protection =
    guarded.length === 0
      ? ""
      : ` These are protected and are destroyed too, without a final snapshot: ${guarded.map(({ student }) => student.id).join(", ")}.`;
  return confirm(
    `Destroy ${counted(stacks.length, "stack")} of the class ${run.place.className}, ${where}, with all data?${protection}`,
  );
}
