import { ask, exitStatus, isAtTerminal } from "../cli/commandProcess";
import { Failure } from "../cli/failure";
import { exitStatusOf } from "../cli/interrupt";
import type { Tools } from "../cli/runCommand";
import { ClassMistakesError, openClass, type ClassRun } from "./classRun";
import type { Command, Invocation } from "./commandLine";
import { adoptClass } from "./commands/adopt";
import type { CommandContext, Outcome } from "./commands/context";
import { down } from "./commands/down";
import { engineCommand } from "./commands/engine";
import { grade } from "./commands/grade";
import { guard } from "./commands/guard";
import { policy } from "./commands/policy";
import { policyMistakes } from "./commands/policyMistakes";
import { serve } from "./commands/serve";
import { sheets } from "./commands/sheets";
import { status } from "./commands/status";
import { unlock } from "./commands/unlock";
import { watch } from "./commands/watch";
import type { Signals } from "./signals";
import { studentsCommand } from "./studentsCommand";

/** Runs the user's command. @returns the exit status */
export async function perform(invocation: Invocation, tools: Tools<Signals>): Promise<number> {
  const { screen, steps, interrupt, learn, conclude } = tools;
  const { command, roster } = invocation;
  learn({ command, roster });
  const context = {
    invocation,
    screen,
    steps,
    stop: interrupt.signal,
    onSignal: interrupt.onSignal,
    confirm: (question: string) => confirm(invocation, question),
  };
  const { ok, status: own, text, facts } = await dispatch({ ...context, run: await openOrExplain(context) });
  learn(facts);
  conclude(text);
  const signal = interrupt.received();
  if (signal !== undefined && !untilStopped.has(command)) return exitStatusOf[signal] ?? exitStatus.failed;
  return own ?? (ok ? exitStatus.ok : exitStatus.failed);
}

/** Commands whose end is Ctrl-C. */
const untilStopped: ReadonlySet<Command> = new Set(["serve", "watch"]);

function dispatch(context: CommandContext): Promise<Outcome> {
  const { command } = context.invocation;
  switch (command) {
    case "policy":
      return policy(context);
    case "grade":
      return grade(context);
    case "down":
      return down(context);
    case "guard":
      return guard(context);
    case "adopt":
      return adoptClass(context);
    case "unlock":
      return unlock(context);
    case "serve":
      return serve(context);
    case "sheets":
      return sheets(context);
    case "status":
      return status(context);
    case "watch":
      return watch(context);
    default:
      return engineCommand(context, command);
  }
}

/** Opens the class. With mistakes in it, `plan` and `up` also print what policies find in the other students' stacks. */
async function openOrExplain(context: Omit<CommandContext, "run">): Promise<ClassRun> {
  const { invocation, screen, steps } = context;
  try {
    return await openClass(invocation, steps);
  } catch (error) {
    const judges = invocation.command === "plan" || invocation.command === "up";
    if (error instanceof ClassMistakesError && judges) {
      for (const line of await policyMistakes({ ...context, run: error.rest })) screen.print(line);
    }
    throw error;
  }
}

/** Whether the roster or the settings are wrong. */
export function isMisuse(error: unknown): boolean {
  return error instanceof ClassMistakesError;
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
