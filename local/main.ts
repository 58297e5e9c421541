import "../nodeHooks/register.cjs";
import "../engine/patches/oneProgram.cjs";

import path from "node:path";

import {
  asFailure,
  ask,
  becomeCommand,
  exit,
  exitStatus,
  explain,
  isAtTerminal,
  writeJson,
} from "../cli/commandProcess";
import { messageOf } from "../cli/failure";
import { exitStatusOf, listenForInterrupts } from "../cli/interrupt";
import { screenOn } from "../cli/screen";
import { stepsOn } from "../cli/steps";
import { foldersOf, type Folders } from "../engine/folders";
import { parseCommandLine, usage, type Command, type Invocation } from "./commandLine";
import type { Context, Facts } from "./context";

void main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  becomeCommand();
  const parsed = parseCommandLine(words);
  switch (parsed.kind) {
    case "help":
      process.stdout.write(`${usage()}\n`);
      process.exitCode = exitStatus.ok;
      return;
    case "wrong":
      process.stderr.write(`${parsed.problems.join("\n")}\n\n${usage()}\n`);
      if (parsed.json) writeJson({ error: parsed.problems.join("; ") });
      process.exitCode = exitStatus.misused;
      return;
    case "run":
      exit(await run(parsed.invocation));
  }
}

/** Does the command. @returns the exit status */
async function run(invocation: Invocation): Promise<number> {
  const { command, stack, json } = invocation;
  let facts: Partial<Facts> = {};
  const screen = screenOn(process.stderr);
  const interrupt = listenForInterrupts(screen.print);
  const context: Context = {
    invocation,
    folders: foldersFor(invocation),
    screen,
    steps: stepsOn(screen),
    interrupt,
    confirm: (question) => confirm(invocation, question),
    learn: (more) => {
      facts = { ...facts, ...more };
    },
    conclude: (text) => {
      if (!json) process.stdout.write(`${text}\n`);
    },
  };
  try {
    await (
      await loadCommand(command)
    )(context);
    if (json) writeJson({ command, stack, ...facts });
    return exitStatus.ok;
  } catch (cause) {
    const error = asFailure(cause, context.folders.local);
    const stopped = interrupt.received();
    const message = stopped === undefined ? messageOf(error) : "stopped by the user";
    screen.print(
      stopped === undefined
        ? `\n${explain(error)}`
        : "Stopped. What was finished is kept; npm run local goes on from there.",
    );
    if (json) writeJson({ command, stack, ...facts, error: message });
    return stopped === undefined ? exitStatus.failed : (exitStatusOf[stopped] ?? exitStatus.failed);
  } finally {
    interrupt.stopListening();
  }
}

function foldersFor({ folder, settings }: Invocation): Folders {
  const repository = path.resolve(__dirname, "..");
  return foldersOf({
    repository,
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
}

/** Only a person at a terminal is asked. */
function confirm({ yes, json }: Invocation, question: string): Promise<boolean> {
  return yes || json || !isAtTerminal() ? Promise.resolve(true) : ask(question);
}

/** Loads the module of one command only: the others would take time. */
async function loadCommand(command: Command): Promise<(context: Context) => Promise<void>> {
  switch (command) {
    case "up":
      return (await import("./commands/up.ts")).up;
    case "preview":
      return (await import("./commands/preview.ts")).preview;
    case "refresh":
      return (await import("./commands/refresh.ts")).refresh;
    case "status":
      return (await import("./commands/status.ts")).status;
    case "down":
      return (await import("./commands/down.ts")).down;
    case "stop":
      return (await import("./commands/stop.ts")).stop;
  }
}
