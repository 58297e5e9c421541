import type { OutputMap } from "@pulumi/pulumi/automation";

import { startClock } from "../clock";
import type { Context } from "../context";
import { runEngine } from "../engineRun";
import { describeFleet, fleetOutputs, type Fleet } from "../fleet";
import { emulatorFolder } from "../folders";
import { recover } from "../recover";
import { withSession, type Session } from "../session";
import { closingLines } from "../ui/closingLines";
import { countChanges } from "../ui/runView";
import { learnTarget, sessionOptions } from "./shared";

/** Brings the stack to what its settings say, and tells what to do next. */
export async function up(context: Context): Promise<void> {
  const started = performance.now();
  await withSession(sessionOptions(context, "brings up"), async (session) => {
    learnTarget(context, session);
    await recover(context, session);
    const clock = startClock({
      endpoint: session.target.endpoint,
      folder: emulatorFolder(session.folders),
    });
    let outputs: Readonly<Record<string, unknown>> = {};
    const running = runEngine(
      context,
      session,
      `Bringing up the stack ${session.stackName}`,
      async (options) => {
        outputs = shown((await session.stack.up(options)).outputs);
      },
    );
    const [result] = await Promise.all([running, clock]);
    context.learn({ outputs, resources: result.resources, changes: countChanges(result.changes) });
    const fleet = await fleetOf(session, outputs);
    if (fleet !== undefined) context.learn({ fleet });
    context.conclude(
      closingLines({
        stackName: session.stackName,
        target: session.target,
        outputs,
        fleet,
        result,
        milliseconds: performance.now() - started,
      }),
    );
  });
}

function shown(outputs: OutputMap): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, secret }]): [string, unknown] => [
      name,
      secret ? "[secret]" : value,
    ]),
  );
}

async function fleetOf(
  session: Session,
  outputs: Readonly<Record<string, unknown>>,
): Promise<Fleet | undefined> {
  const names = fleetOutputs(outputs);
  return names === undefined ? undefined : describeFleet(session.target, names);
}
