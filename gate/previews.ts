import { availableParallelism } from "node:os";

import { messageOf } from "../cli/failure";
import { runEngine, type EngineContext } from "../engine/engineRun";
import type { Diagnostic } from "../engine/run";
import { openStackSession, type StackSessionOptions } from "../engine/stackSession";
import type { Context } from "../local/context";
import { accountIdOf } from "../localAws/accounts";
import type { EnforcedPack, PolicyRun } from "../policies/report/results";
import type { PackServers } from "./packServers";
import { keepPolicyEvents } from "./policyEvents";

/** What the previews of all stacks share. */
export interface Previewing extends Omit<StackSessionOptions, "stackName" | "accountId"> {
  readonly servers: PackServers;
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
  readonly context: Pick<Context, "steps" | "interrupt">;
}

/**
 * Previews stacks, as many at once as there are cores; more would gain nothing.
 *
 * @throws Interrupted when the user stops it; whatever else keeps one stack from being previewed is told in its
 *   result
 */
export async function previewAll(
  stackNames: readonly string[],
  previewing: Previewing,
): Promise<readonly PolicyRun[]> {
  const waiting = [...stackNames];
  const runs: PolicyRun[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      runs.push(await previewOne(next, previewing));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return runs.toSorted((one, other) => stackNames.indexOf(one.stack) - stackNames.indexOf(other.stack));
}

async function previewOne(stackName: string, previewing: Previewing): Promise<PolicyRun> {
  const { servers, packsOf, context, ...shared } = previewing;
  const kept = keepPolicyEvents();
  const packs = packsOf(stackName);
  const ended = (failure?: string): PolicyRun => ({
    stack: stackName,
    packs,
    events: kept.events,
    finished: kept.finished(),
    failure,
  });
  let errors: readonly Diagnostic[] = [];
  const closing: (() => unknown)[] = [];
  try {
    // An account of its own, with nothing in it: what a stack would be does not depend on what is up already.
    const accountId = accountIdOf(`policy gate ${stackName}`);
    const session = await openStackSession({ ...shared, stackName, accountId }, closing);
    await runEngine(
      quiet(context, (told) => {
        errors = told;
      }),
      { ...session, policyPacks: servers.of(stackName) },
      {
        title: `Previewing the stack ${stackName}`,
        isPreview: true,
        run: async ({ onEvent, ...options }) =>
          (await import("../engine/engine.ts")).previewStack(session.stack, {
            ...options,
            onEvent: (event) => {
              kept.onEvent(event);
              onEvent(event);
            },
          }),
      },
    );
    return ended();
  } catch (error) {
    if (context.interrupt.received() !== undefined) throw error;
    // A rule that refuses the stack ends the preview with an error as well, but only once all have judged.
    if (errors.length === 0 && kept.finished()) return ended();
    return ended(errors.length === 0 ? messageOf(error) : errors.map(({ message }) => message).join("\n"));
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** The results are shown when all is done, not line by line in the midst of each other's. */
function quiet(
  { steps, interrupt }: Previewing["context"],
  onErrors: (errors: readonly Diagnostic[]) => void,
): EngineContext {
  return {
    steps,
    interrupt,
    screen: { live: true, print: () => undefined, show: () => undefined },
    learn: ({ errors }) => {
      if (errors !== undefined) onErrors(errors);
    },
  };
}
