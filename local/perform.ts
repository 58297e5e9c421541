import path from "node:path";

import { ask, exitStatus, isAtTerminal } from "../cli/commandProcess";
import { listenForInterrupts, type Interrupt } from "../cli/interrupt";
import type { Tools } from "../cli/runCommand";
import { foldersOf, type Folders } from "../engine/folders";
import type { Command, Invocation } from "./commandLine";
import type { Context } from "./context";

/** Runs the user's command. @returns the exit status */
export async function perform(invocation: Invocation, tools: Tools): Promise<number> {
  const { command, stack } = invocation;
  let status: number = exitStatus.ok;
  const context: Context = {
    ...tools,
    invocation,
    folders: foldersFor(invocation),
    confirm: (question) => confirm(invocation, question),
    endWith: (other) => {
      status = other;
    },
  };
  tools.learn({ command, stack });
  await (
    await loadCommand(command)
  )(context);
  return status;
}

/** Programs such as the AWS CLI receive signals themselves. */
export function listen(print: (text: string) => void, { command }: Invocation): Interrupt {
  const isThrough = command === "aws" || command === "pulumi" || command === "shell";
  return listenForInterrupts(isThrough ? () => undefined : print);
}

/** The folders that the command reads and writes. */
export function foldersFor({ folder, settings }: Invocation): Folders {
  const repository = path.resolve(__dirname, "..");
  return foldersOf({
    repository,
    ...(folder === undefined ? {} : { local: path.resolve(folder) }),
    ...(settings === undefined ? {} : { project: path.resolve(settings) }),
  });
}

/** Asks only a user at a terminal. */
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
    case "open":
      return (await import("./commands/open.ts")).open;
    case "watch":
      return (await import("./commands/watch.ts")).watch;
    case "shell":
      return (await import("./commands/shell.ts")).shell;
    case "load":
      return (await import("./commands/load.ts")).load;
    case "kill":
      return (await import("./commands/kill.ts")).kill;
    case "logs":
      return (await import("./commands/logs.ts")).logs;
    case "mail":
      return (await import("./commands/mail.ts")).mail;
    case "aws":
      return (await import("./commands/aws.ts")).aws;
    case "pulumi":
      return (await import("./commands/pulumi.ts")).pulumi;
  }
}
