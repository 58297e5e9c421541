import { availableParallelism } from "node:os";

import { messageOf } from "../cli/failure";
import type { Tools } from "../cli/runCommand";
import { runEngine, type EngineContext } from "../engine/engineRun";
import { collectPolicyEvents } from "../engine/policyEvents";
import type { Diagnostic } from "../engine/run";
import { collectCreations } from "../engine/sources/creations";
import { openStackSession, type StackSessionOptions } from "../engine/stackSession";
import { accountIdOf } from "../localAws/accounts";
import type { EnforcedPack, PolicyRun } from "../policies/report/results";
import type { PackServers } from "./packServers";
import { locateIn, stackFileIn } from "./places/locate";

/** The options that all previews share. */
export interface Previewing extends Omit<StackSessionOptions, "stackName" | "accountId"> {
  readonly servers: PackServers;
  readonly packsOf: (stackName: string) => readonly EnforcedPack[];
  readonly context: Pick<Tools, "steps" | "interrupt">;
}

/**
 * Previews stacks, as many at a time as there are cores: more would not be faster.
 *
 * @throws Interrupted when the user stops it. Every other failure of a preview is in its result.
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
  const collected = collectPolicyEvents();
  const packs = packsOf(stackName);
  const creations = collectCreations(shared.folders.repository);
  const locate = locateIn(await stackFileIn(shared.folders.project, stackName), creations.lineOf);
  const ended = (failure?: string): PolicyRun => ({
    stack: stackName,
    subject: "preview",
    packs,
    events: collected.events,
    finished: collected.finished(),
    failure,
    locate,
  });
  let errors: readonly Diagnostic[] = [];
  const closing: (() => unknown)[] = [];
  try {
    // An empty account of its own: the result does not depend on stacks that are up.
    const accountId = accountIdOf(`policy gate ${stackName}`);
    const { onResource } = creations;
    const session = await openStackSession({ ...shared, stackName, accountId, onResource }, closing);
    await runEngine(
      quiet(context, (reported) => {
        errors = reported;
      }),
      { ...session, policyPacks: servers.of(stackName) },
      {
        title: `Previewing the stack ${stackName}`,
        isPreview: true,
        run: async ({ onEvent, ...options }) =>
          (await import("../engine/engine.ts")).previewStack(session.stack, {
            ...options,
            onEvent: (event) => {
              collected.onEvent(event);
              onEvent(event);
            },
          }),
      },
    );
    return ended();
  } catch (error) {
    if (context.interrupt.received() !== undefined) throw error;
    // A violation of a mandatory rule fails the preview too, but only after all rules have run.
    if (errors.length === 0 && collected.finished()) return ended();
    return ended(errors.length === 0 ? messageOf(error) : errors.map(({ message }) => message).join("\n"));
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Prints nothing during the previews: the lines of several stacks would mix. */
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
