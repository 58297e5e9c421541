import { ask, exitStatus, isAtTerminal } from "../cli/commandProcess";
import type { Tools } from "../cli/runCommand";
import type { Invocation } from "./commandLine";
import type { Context } from "./context";
import { openStack } from "./stack/open";

/** Runs the user's command. @returns the exit status */
export async function perform(invocation: Invocation, tools: Tools): Promise<number> {
  const { command, yes, json } = invocation;
  tools.learn({ command, stack: invocation.stack });
  const context: Context = {
    ...tools,
    invocation,
    stack: await openStack(invocation),
    confirm: (question) => (yes || json || !isAtTerminal() ? Promise.resolve(true) : ask(question)),
  };
  switch (command) {
    case "backup":
      await (await import("./commands/backup.ts")).backup(context);
      return exitStatus.ok;
    case "list":
      await (await import("./commands/list.ts")).list(context);
      return exitStatus.ok;
    case "delete":
      await (await import("./commands/delete.ts")).deleteBackup(context);
      return exitStatus.ok;
    case "restore":
      return (await import("./commands/restore.ts")).restore(context);
    case "password":
      await (await import("./commands/password.ts")).password(context);
      return exitStatus.ok;
    case "shell":
      return (await import("./commands/shell.ts")).shell(context);
    case "test-alarm":
      await (await import("./commands/testAlarm.ts")).testAlarm(context);
      return exitStatus.ok;
  }
}
