import { Failure } from "../../cli/failure";
import type { StudentStack } from "../settings/studentSettings";
import { failureLines, type StudentFailure } from "../ui/resultText";
import type { CommandContext } from "./context";
import { workOn } from "./work";

/**
 * What policies find in the stacks of the students without other mistakes, so that one run lists all mistakes. It
 * previews each different stack once, and changes nothing.
 */
export async function policyMistakes(context: CommandContext): Promise<readonly string[]> {
  const { run } = context;
  const equal = new Map<string, StudentStack[]>();
  for (const stack of run.stacks) {
    const key = JSON.stringify([stack.region, stack.student.settings]);
    equal.set(key, [...(equal.get(key) ?? []), stack]);
  }
  const groups = [...equal.values()];
  try {
    const endings = await workOn(
      context,
      "plan",
      groups.flatMap(([first]) => first ?? []),
    );
    return failureLines(groups.flatMap((stacks) => failuresOf(stacks, endings)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`The policies were not asked: ${error.problem} ${error.remedy}`];
  }
}

/** The first one's failure for all of them. */
function failuresOf(
  stacks: readonly StudentStack[],
  endings: Awaited<ReturnType<typeof workOn>>,
): readonly StudentFailure[] {
  const ended = stacks[0] === undefined ? undefined : endings.get(stacks[0].student.id);
  if (ended?.kind !== "failed") return [];
  const { reason, remedy, report } = ended;
  return stacks.map(({ student: { id, name } }) => ({ id, name, reason, remedy, log: report.log }));
}
