import { setTimeout as sleep } from "node:timers/promises";

import { readCheckpoint } from "../engine/checkpoint";
import { Interrupted, runEngine } from "../engine/engineRun";
import type { RunResult } from "../engine/run";
import { projectName } from "../engine/settingsFile";
import { emulatorApi } from "../localAws/emulator";
import { awsClients, type AwsTarget } from "../localAws/providers/aws/clients";
import type { Context } from "./context";
import type { Session } from "./session";

/** What launches servers that Pulumi's state does not know. */
const launching: ReadonlySet<string> = new Set([
  "aws:scheduler/schedule:Schedule",
  "aws:lambda/function:Function",
]);
/** The launcher's tag on the servers that it starts; lambda/server.ts sets it. */
const ownerTag = "launcher:owner";
const pollMilliseconds = 200;

/**
 * Ends the launches of a stack before its other resources are deleted: the network cannot be deleted while a server uses
 * it. First the launcher's schedules and function are deleted, so that none fires meanwhile; then the calls that already
 * run may end; then the servers are terminated. An interrupted `down` leaves a state that `up` and `down` can resume.
 */
export async function endLaunches(context: Context, session: Session): Promise<RunResult["changes"]> {
  const { folders, stackName, stack, target } = session;
  const checkpoint = await readCheckpoint(folders, projectName, stackName);
  const urns = (checkpoint?.resources ?? []).filter(({ type }) => launching.has(type)).map(({ urn }) => urn);
  let changes: RunResult["changes"] = [];
  if (urns.length > 0) {
    const result = await runEngine(context, session, {
      title: "Deleting the launcher's schedules and function",
      expected: urns.length,
      run: (options) =>
        stack.destroy({ ...options, target: urns, targetDependents: true, runProgram: false }),
    });
    changes = result.changes;
  }
  await untilCallsEnded(context, target);
  await terminateLaunched(target);
  return changes;
}

/** A function that was deleted still ends its calls, as on AWS: within its timeout. */
async function untilCallsEnded(
  { steps, interrupt }: Context,
  { endpoint, accountId }: AwsTarget,
): Promise<void> {
  const api = emulatorApi(endpoint);
  if ((await api.invocations(accountId)) === 0) return;
  await steps.run("Calls of the launcher", async (report) => {
    for (;;) {
      const running = await api.invocations(accountId);
      if (running === 0) return;
      report(`${running} ${running === 1 ? "call has" : "calls have"} not ended`);
      const stopped = interrupt.received();
      if (stopped !== undefined) throw new Interrupted(stopped);
      await sleep(pollMilliseconds);
    }
  });
}

/** The stack has its own account, so all of these servers belong to the stack. */
async function terminateLaunched(target: AwsTarget): Promise<void> {
  const ec2 = await awsClients(target).ec2();
  const { Reservations } = await ec2.describeInstances({
    Filters: [
      { Name: "tag-key", Values: [ownerTag] },
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
    ],
  });
  const InstanceIds = (Reservations ?? []).flatMap(({ Instances }) =>
    (Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
  );
  if (InstanceIds.length > 0) await ec2.terminateInstances({ InstanceIds });
}
