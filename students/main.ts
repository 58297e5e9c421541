import "../nodeHooks/register.cjs";

import {
  asFailure,
  ask,
  becomeCommand,
  exitStatus,
  explain,
  isAtTerminal,
  writeJson,
} from "../cli/commandProcess";
import { Failure, messageOf } from "../cli/failure";
import { exitStatusOf } from "../cli/interrupt";
import { screenOn } from "../cli/screen";
import { stepsOn } from "../cli/steps";
import { InvalidSettingsError } from "../components/settings/problem";
import { localFolder, openClass } from "./classRun";
import { parseCommandLine, usage, type Invocation } from "./commandLine";
import type { CommandContext, Outcome } from "./commands/context";
import { engineCommand } from "./commands/engine";
import { status } from "./commands/status";
import { InvalidRosterError } from "./roster/entry";

void main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  becomeCommand();
  const parsed = parseCommandLine(words);
  switch (parsed.kind) {
    case "help":
      process.stdout.write(`${usage()}\n`);
      return;
    case "wrong":
      process.stderr.write(`${parsed.problems.join("\n")}\n\n${usage()}\n`);
      if (parsed.json) writeJson({ error: parsed.problems.join("; ") });
      process.exitCode = exitStatus.misused;
      return;
    case "run":
      process.exitCode = await run(parsed.invocation);
  }
}

/** Does the command. @returns the exit status */
async function run(invocation: Invocation): Promise<number> {
  const { command, roster, json } = invocation;
  const signals = listen();
  try {
    const screen = screenOn(process.stderr);
    const outcome = await perform({
      invocation,
      run: await openClass(invocation),
      screen,
      steps: stepsOn(screen),
      stop: signals.stop,
      onSignal: signals.onSignal,
      confirm: (question) => confirm(invocation, question),
    });
    if (json) writeJson({ command, roster, ...outcome.facts });
    else process.stdout.write(`${outcome.text}\n`);
    const received = signals.received();
    if (received !== undefined) return exitStatusOf[received] ?? exitStatus.failed;
    return outcome.ok ? exitStatus.ok : exitStatus.failed;
  } catch (cause) {
    const error = asFailure(cause, localFolder(invocation));
    process.stderr.write(`${isMisuse(error) ? messageOf(error) : explain(error)}\n`);
    if (json) writeJson({ command, roster, error: messageOf(error) });
    return isMisuse(error) ? exitStatus.misused : exitStatus.failed;
  } finally {
    signals.close();
  }
}

function perform(context: CommandContext): Promise<Outcome> {
  const { command } = context.invocation;
  return command === "status" ? status(context) : engineCommand(context, command);
}

/** Ctrl-C, or the request to end: the first is handed on, a second ends this process at once. */
function listen() {
  const controller = new AbortController();
  const listeners: ((name: NodeJS.Signals) => void)[] = [];
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    received ??= name;
    if (!controller.signal.aborted) {
      process.stderr.write(
        "Stopping: nobody more is begun, who is under way is finished as far as can be.\n",
      );
    }
    controller.abort();
    for (const listener of listeners) listener(name);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return {
    stop: controller.signal,
    received: () => received,
    onSignal: (listener: (name: NodeJS.Signals) => void) => {
      listeners.push(listener);
    },
    close: () => {
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    },
  };
}

function isMisuse(error: unknown): boolean {
  return error instanceof InvalidRosterError || error instanceof InvalidSettingsError;
}

/** What cannot be undone is asked; where nobody can answer, only the emulator is taken down without `--yes`. */
async function confirm({ yes, local }: Invocation, question: string): Promise<boolean> {
  if (yes) return true;
  if (isAtTerminal()) return ask(question);
  if (local) return true;
  throw new Failure(question, "Nobody is at a terminal to answer: say --yes.");
}
