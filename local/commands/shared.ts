import { packsForStack } from "../../policies/stackPacks";
import type { Context } from "../context";
import type { Session, SessionOptions } from "../session";

/** The usual set-up of a command. @param doing what another run is told, e.g. `brings up` */
export function sessionOptions(
  { folders, invocation, steps }: Context,
  doing: string,
  policies = true,
): SessionOptions {
  const { stack: stackName, port } = invocation;
  return { folders, stackName, port, packs: policies ? packsForStack(stackName) : [], doing, steps };
}

/** Keeps where the stack is for `--json`, even if what follows fails. */
export function learnTarget(context: Context, { target, before }: Session): void {
  context.learn({
    ...target,
    outputs: before?.outputs ?? {},
    resources: before?.resources.length ?? 0,
  });
}
