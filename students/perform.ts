import { ask, exitStatus, isAtTerminal } from "../cli/commandProcess";
import { Failure } from "../cli/failure";
import { exitStatusOf } from "../cli/interrupt";
import type { Tools } from "../cli/runCommand";
import { InvalidSettingsError } from "../components/settings/problem";
import { openClass } from "./classRun";
import type { Invocation } from "./commandLine";
import type { CommandContext, Outcome } from "./commands/context";
import { engineCommand } from "./commands/engine";
import { policy } from "./commands/policy";
import { status } from "./commands/status";
import { InvalidRosterError } from "./roster/entry";
import type { Signals } from "./signals";
import { studentsCommand } from "./studentsCommand";

/** Runs the user's command. @returns the exit status */
export async function perform(invocation: Invocation, tools: Tools<Signals>): Promise<number> {
  const { screen, steps, interrupt, learn, conclude } = tools;
  const { command, roster } = invocation;
  learn({ command, roster });
  const { ok, text, facts } = await dispatch({
    invocation,
    run: await openClass(invocation),
    screen,
    steps,
    stop: interrupt.signal,
    onSignal: interrupt.onSignal,
    confirm: (question) => confirm(invocation, question),
  });
  learn(facts);
  conclude(text);
  const signal = interrupt.received();
  if (signal !== undefined) return exitStatusOf[signal] ?? exitStatus.failed;
  return ok ? exitStatus.ok : exitStatus.failed;
}

function dispatch(context: CommandContext): Promise<Outcome> {
  const { command } = context.invocation;
  if (command === "policy") return policy(context);
  return command === "status" ? status(context) : engineCommand(context, command);
}

/** Whether the roster or the settings are wrong. */
export function isMisuse(error: unknown): boolean {
  return error instanceof InvalidRosterError || error instanceof InvalidSettingsError;
}

/**
 * Asks before an operation that cannot be undone. Without a terminal, only the emulator's stacks are destroyed
 * without `--yes`.
 */
async function confirm(invocation: Invocation, question: string): Promise<boolean> {
  const { yes, local } = invocation;
  if (yes) return true;
  if (isAtTerminal()) return ask(question);
  if (local) return true;
  throw new Failure(
    question,
    `There is no terminal to answer at. To answer yes: ${studentsCommand(invocation, { yes: true })}`,
  );
}
