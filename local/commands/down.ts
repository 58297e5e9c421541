import { Failure } from "../../cli/failure";
import { runEngine } from "../../engine/engineRun";
import { countChanges } from "../../engine/runView";
import { emulatorApi } from "../../localAws/emulator";
import { prerequisitesOf, deletePrerequisites } from "../../localAws/prerequisites";
import type { Context } from "../context";
import { endLaunchedServers } from "../launchedServers";
import { liftProtection } from "../protection";
import { removeRecord } from "../record";
import { changing } from "../recover";
import { withSession } from "../session";
import { learnTarget, sessionOptions } from "./shared";

/** Destroys the stack's resources, and makes sure that nothing of them is left in the emulator. */
export async function down(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "takes down", false), async (session) => {
    const { stackName, target, stack, folders, before } = session;
    learnTarget(context, session);
    const count = before?.resources.length ?? 0;
    if (count > 0 && !(await context.confirm(`Take down the stack ${stackName}, ${count} resources?`))) {
      context.conclude("Nothing was changed.");
      return;
    }
    const result = await changing(context, session, async () => {
      await liftProtection(context, session);
      await endLaunchedServers(target);
      return runEngine(context, session, {
        title: `Taking down the stack ${stackName}`,
        run: (options) => stack.destroy({ ...options, runProgram: false }),
      });
    });
    await removeRecord(folders, stackName);
    await deletePrerequisites(target, prerequisitesOf(session.config));
    context.learn({ outputs: {}, resources: 0, changes: countChanges(result.changes) });

    const left = (await emulatorApi(target.endpoint).resources(target.accountId)).map(
      ({ service, type, id, region }) => `${service} ${type} ${id} in ${region}`,
    );
    context.learn({ left });
    if (left.length > 0) {
      throw new Failure(
        `The stack ${stackName} is down, but the account ${target.accountId} still has:\n  ${left.join("\n  ")}\n`,
        "Remove that, or end the emulator and everything in it: npm run local -- stop",
      );
    }
    context.conclude(
      `Stack ${stackName} is down: of its ${count} resources nothing is left in the account ${target.accountId}. ` +
        "The emulator still runs; npm run local -- stop ends it.",
    );
  });
}
