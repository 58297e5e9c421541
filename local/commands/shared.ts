import { emulatorFolder } from "../../engine/folders";
import { requirePort, type EmulatorStatus } from "../../localAws/emulator";
import { packsForStack } from "../../policies/stackPacks";
import type { Invocation } from "../commandLine";
import type { Context } from "../context";
import { localCommand, throughCommand } from "../localCommand";
import type { Session, SessionOptions } from "../session";

/** The usual set-up of a command. @param doing the activity that another run reports, e.g. `runs down` */
export function sessionOptions(
  { folders, invocation, steps, screen }: Context,
  doing: string,
  policies = true,
): SessionOptions {
  const { stack: stackName, port } = invocation;
  return { folders, stackName, port, packs: policies ? packsForStack(stackName) : [], doing, steps, screen };
}

/** Adds the stack's place to the output of `--json`, also if the command fails later. */
export function learnTarget(context: Context, { target, before }: Session): void {
  context.learn({
    ...target,
    outputs: before?.outputs ?? {},
    resources: before?.resources.length ?? 0,
  });
}

/** @throws Failure when `--port` is not the port of the running emulator: that port would need another emulator */
export function requireAskedPort(emulator: EmulatorStatus, { folders, invocation }: Context): void {
  if (!emulator.running) return;
  const { port } = invocation;
  requirePort({
    folder: emulatorFolder(folders),
    running: Number(new URL(emulator.endpoint).port),
    asked: port,
    remedy: `Another emulator has another --folder. To use this one: ${again(invocation)}`,
  });
}

/** The command as it was given, without its port. */
function again(invocation: Invocation): string {
  const { command, words } = invocation;
  const options = { ...invocation, port: undefined };
  return command === "aws" || command === "pulumi"
    ? throughCommand(options, command, ...words)
    : localCommand(options, command);
}
