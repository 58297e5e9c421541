import { Failure } from "../../cli/failure";
import type { StackAlarm } from "./stackAlarms";

/**
 * The alarm that a user's word names: its name in CloudWatch, its `Name` tag, or the name of its page in docs/runbook.
 * Without a word: the first one that can be tested.
 * @throws Failure when the stack has no such alarm, or when a test of it would send no mail
 */
export function chosenAlarm(
  alarms: readonly StackAlarm[],
  word: string | undefined,
  stack: string,
): StackAlarm {
  const list = alarms.map(({ tag, state }) => `  ${tag}  ${state}`).join("\n");
  if (word === undefined) {
    const found = alarms.find((alarm) => problemOf(alarm) === undefined);
    if (found !== undefined) return found;
    throw new Failure(
      `The stack ${stack} has no alarm that can be tested.${list === "" ? "" : `\n${list}`}`,
      alarms.length === 0
        ? "Check --stack, the credentials (aws sts get-caller-identity) and aws:region in the stack's file."
        : "Wait until an alarm is not in ALARM; resume the fleet when it is paused.",
    );
  }
  const found = alarms.find(({ name, tag }) => name === word || tag === word || tag.endsWith(`-${word}`));
  if (found === undefined) {
    throw new Failure(
      `The stack ${stack} has no alarm ${word}. Its alarms:\n${list}\n`,
      "Use a name of this list, or its end.",
    );
  }
  const problem = problemOf(found);
  if (problem !== undefined) throw problem;
  return found;
}

function problemOf({ tag, state, actionsEnabled }: StackAlarm): Failure | undefined {
  if (!actionsEnabled) {
    return new Failure(
      `The alarm ${tag} publishes nothing, because the fleet is paused.`,
      "Test an alarm of the database, or set fleet.paused to false and run pulumi up.",
    );
  }
  if (state === "ALARM") {
    return new Failure(
      `The alarm ${tag} is in ALARM now, so setting this state sends no mail.`,
      `Fix its reason, or test another alarm. docs/runbook shows what to do.`,
    );
  }
  return undefined;
}
