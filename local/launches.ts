import type { EC2 } from "@aws-sdk/client-ec2";
import { setTimeout as sleep } from "node:timers/promises";

import { readCheckpoint } from "../engine/checkpoint";
import { type EngineContext, type EngineSession, Interrupted, runEngine } from "../engine/engineRun";
import type { RunResult } from "../engine/run";
import { projectName } from "../engine/settingsFile";
import { emulatorApi } from "../localAws/emulator";
import { awsClients, type AwsTarget } from "../localAws/providers/aws/clients";
import type { Session } from "./session";

/** What launches servers that Pulumi's state does not know. */
const launching: ReadonlySet<string> = new Set([
  "aws:scheduler/schedule:Schedule",
  "aws:lambda/function:Function",
]);
/** The launcher's tag on the servers that it starts: project, stack and launcher; lambda/server.ts sets it. */
const ownerTag = "launcher:owner";
const pollMilliseconds = 200;

/** The account in which a stack's launcher launches servers. */
export interface LaunchAccount {
  readonly ec2: () => Promise<EC2>;
  /** The number of calls of functions that have not ended. AWS does not report it. */
  readonly runningCalls?: () => Promise<number>;
}

export function emulatedLaunches(target: AwsTarget): LaunchAccount {
  return {
    ec2: awsClients(target).ec2,
    runningCalls: () => emulatorApi(target.endpoint).invocations(target.accountId),
  };
}

/**
 * Ends the launches of a stack before its other resources are deleted: the network cannot be deleted while a server uses
 * it. First the launcher's schedules and function are deleted, so that none fires meanwhile; then the calls that already
 * run may end; then the servers are terminated. An interrupted `down` leaves a state that `up` and `down` can resume.
 *
 * @returns the deleted resources
 */
export async function endLaunches(
  context: EngineContext,
  session: EngineSession & Pick<Session, "stack" | "stackName" | "folders">,
  account: LaunchAccount,
): Promise<RunResult["changes"]> {
  const { folders, stackName } = session;
  const checkpoint = await readCheckpoint(folders, projectName, stackName);
  const urns = (checkpoint?.resources ?? []).filter(({ type }) => launching.has(type)).map(({ urn }) => urn);
  const changes = urns.length === 0 ? [] : await deleteLauncher(context, session, urns);
  await untilCallsEnded(context, account);
  await terminateLaunched(account, stackName);
  return changes;
}

async function deleteLauncher(
  context: EngineContext,
  session: EngineSession & Pick<Session, "stack">,
  urns: string[],
): Promise<RunResult["changes"]> {
  const { changes } = await runEngine(context, session, {
    title: "Deleting the launcher's schedules and function",
    expected: urns.length,
    run: (options) =>
      session.stack.destroy({ ...options, target: urns, targetDependents: true, runProgram: false }),
  });
  return changes;
}

/** A function that was deleted still ends its calls, as on AWS: within its timeout. */
async function untilCallsEnded(
  { steps, interrupt }: EngineContext,
  { runningCalls }: LaunchAccount,
): Promise<void> {
  if (runningCalls === undefined || (await runningCalls()) === 0) return;
  await steps.run("Calls of the launcher", async (report) => {
    for (;;) {
      const running = await runningCalls();
      if (running === 0) return;
      report(`${running} ${running === 1 ? "call has" : "calls have"} not ended`);
      const stopped = interrupt.received();
      if (stopped !== undefined) throw new Interrupted(stopped);
      await sleep(pollMilliseconds);
    }
  });
}

async function terminateLaunched(account: LaunchAccount, stackName: string): Promise<void> {
  const ec2 = await account.ec2();
  const { Reservations } = await ec2.describeInstances({
    Filters: [
      { Name: `tag:${ownerTag}`, Values: [`${projectName}/${stackName}/*`] },
      { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
    ],
  });
  const InstanceIds = (Reservations ?? []).flatMap(({ Instances }) =>
    (Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
  );
  if (InstanceIds.length > 0) await ec2.terminateInstances({ InstanceIds });
}
