import path from "node:path";

import { exitStatus } from "../cli/commandProcess";
import { listenForInterrupts, type Interrupt } from "../cli/interrupt";
import type { Tools } from "../cli/runCommand";
import { accountStack, followAsText, startPage } from "../localAws/live/page/page";
import type { Invocation } from "./commandLine";
import { stackOutputs } from "./stackOutputs";

const repository = path.resolve(__dirname, "..");

/** Shows the stack until Ctrl-C. @returns the exit status */
export async function perform({ stack, port, text }: Invocation, tools: Tools): Promise<number> {
  const { conclude, interrupt, screen } = tools;
  const outputs = await tools.steps.run("Stack's outputs", () => stackOutputs(repository, stack));
  // A stack in Pulumi Cloud is organization/project/stack.
  const name = stack.split("/").at(-1) ?? stack;
  const watch = accountStack(name, outputs);
  if (text) {
    await followAsText(watch, conclude, interrupt.signal);
    return exitStatus.ok;
  }
  const stacks = {
    names: () => Promise.resolve([name]),
    find: (asked: string) => Promise.resolve(asked === name ? { watch } : undefined),
  };
  const server = await startPage({ stacks, port });
  conclude(`Watch  ${server.url}/${name}/`);
  screen.print("It reads AWS while a browser shows it, and changes nothing. Ctrl-C ends it.");
  await untilAborted(interrupt.signal);
  void watch.stop();
  await server.close();
  return exitStatus.ok;
}

export function listen(print: (text: string) => void): Interrupt {
  return listenForInterrupts(print);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  // A signal alone keeps no process alive; the server does.
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
