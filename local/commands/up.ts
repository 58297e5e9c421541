import { isRemembered } from "../../engine/checkpoint";
import { runEngine } from "../../engine/engineRun";
import { emulatorFolder } from "../../engine/folders";
import type { RunResult } from "../../engine/run";
import { countChanges } from "../../engine/runView";
import { startClock } from "../../localAws/clock";
import { emulatorApi } from "../../localAws/emulator";
import { paceIn, paces } from "../../localAws/live/pace";
import { closingLines } from "../closingLines";
import type { Context } from "../context";
import { describeFleet, fleetOutputs } from "../fleet";
import { keepMode, settleMode } from "../live/settleMode";
import { liveAddresses, startRegion } from "../live/start";
import { changing } from "../recover";
import { withSession, type Session } from "../session";
import { learnTarget, sessionOptions } from "./shared";

/**
 * Creates the stack or updates it to its settings, and prints the next steps. It previews first, so that policies
 * refuse the stack before anything is created. When nothing would change, it ends after the preview.
 */
export async function up(context: Context): Promise<void> {
  const started = performance.now();
  const mode = await settleMode(context);
  await withSession(sessionOptions(context, "runs up"), async (session) => {
    const pace = paceIn(session.config, `Pulumi.${session.stackName}.yaml`);
    learnTarget(context, session);
    const result = await changing(context, session, async () => {
      const { endpoint, accountId } = session.target;
      const folder = emulatorFolder(session.folders);
      await keepMode(session.folders, session.emulator.bootId, mode);
      await emulatorApi(endpoint).setPace(accountId, paces[pace]);
      const clock = startClock({ endpoint, folder });
      const region = mode === "live" ? startRegion(context, session) : Promise.resolve();
      return (await Promise.all([bringUp(context, session, region), clock, region]))[0];
    });
    const { outputs, resources, changes } = result;
    context.learn({ outputs, resources, changes: countChanges(changes) });

    const names = fleetOutputs(outputs);
    const fleet = names === undefined ? undefined : await describeFleet(session.target, names);
    if (fleet !== undefined) context.learn({ fleet });
    const milliseconds = performance.now() - started;
    const live = mode === "live" ? liveAddresses(session, context.invocation.stack, outputs) : undefined;
    if (live !== undefined) context.learn(live);
    context.conclude(
      closingLines({
        ...session,
        live,
        pace,
        options: context.invocation,
        outputs,
        fleet,
        result,
        milliseconds,
      }),
    );
  });
}

/** @param region the start of the live region: it must watch before anything is created */
async function bringUp(context: Context, session: Session, region: Promise<void>): Promise<RunResult> {
  const { backend, stackName, stack } = session;
  const planned = await runEngine(context, session, {
    title: `Checking the stack ${stackName}`,
    isPreview: true,
    run: async (options) => (await import("../../engine/engine.ts")).previewStack(stack, options),
  });
  if (planned.changes.length === 0 && isRemembered(planned.outputs, await backend.read(stackName))) {
    return planned;
  }
  await region;
  return runEngine(context, session, {
    title: `Updating the stack ${stackName}`,
    expected: planned.resources,
    run: (options) => stack.up(options),
  });
}
