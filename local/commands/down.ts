import { Failure } from "../../cli/failure";
import { runEngine } from "../../engine/engineRun";
import { countChanges } from "../../engine/runView";
import { emulatorApi } from "../../localAws/emulator";
import { prerequisitesOf, deletePrerequisites } from "../../localAws/prerequisites";
import type { Context } from "../context";
import { emulatedLaunches, endLaunches } from "../launches";
import { stopCommand } from "../localCommand";
import { removeProtection } from "../protection";
import { removeRecord } from "../record";
import { changing } from "../recover";
import { withSession } from "../session";
import { learnTarget, sessionOptions } from "./shared";

/** Destroys the stack's resources, and checks that none remains in the emulator. */
export async function down(context: Context): Promise<void> {
  await withSession(sessionOptions(context, "runs down", false), async (session) => {
    const { stackName, target, stack, folders, before } = session;
    learnTarget(context, session);
    const count = before?.resources.length ?? 0;
    if (count > 0 && !(await context.confirm(`Destroy the stack ${stackName}, ${count} resources?`))) {
      context.conclude("Nothing was changed.");
      return;
    }
    const changes = await changing(context, session, async () => {
      await removeProtection(context, session);
      const before = await endLaunches(context, session, emulatedLaunches(target));
      const result = await runEngine(context, session, {
        title: `Destroying the stack ${stackName}`,
        run: (options) => stack.destroy({ ...options, runProgram: false }),
      });
      return [...before, ...result.changes];
    });
    await removeRecord(folders, stackName);
    await deletePrerequisites(target, prerequisitesOf(session.config));
    context.learn({ outputs: {}, resources: 0, changes: countChanges(changes) });

    const left = (await emulatorApi(target.endpoint).resources(target.accountId)).map(
      ({ service, type, id, region }) => `${service} ${type} ${id} in ${region}`,
    );
    context.learn({ left });
    if (left.length > 0) {
      throw new Failure(
        `The stack ${stackName} is destroyed, but the account ${target.accountId} still has:\n  ${left.join("\n  ")}\n`,
        `Delete these, or stop the emulator and everything in it: ${stopCommand(context.invocation)}`,
      );
    }
    context.conclude(
      `Stack ${stackName} is destroyed: nothing of its ${count} resources remains in the account ${target.accountId}. ` +
        `The emulator still runs; to stop it: ${stopCommand(context.invocation)}`,
    );
  });
}
