import type { AwsClients } from "../clients";
import { waitUntil } from "../wait";
import { findGroup } from "./groupSettings";

/** Time limit for the termination of servers in seconds, as in the official provider. */
const withinSeconds = 600;

/** Terminates a group's servers, including those with scale-in protection, as a group with servers cannot be deleted. */
export async function drain(aws: AwsClients, name: string): Promise<void> {
  const autoScaling = await aws.autoScaling();
  const found = await findGroup(aws, name);
  if (found === undefined) return;
  const protectedIds = (found.Instances ?? []).flatMap(({ InstanceId, ProtectedFromScaleIn }) =>
    ProtectedFromScaleIn === true && InstanceId !== undefined ? [InstanceId] : [],
  );
  for (let at = 0; at < protectedIds.length; at += 50) {
    await autoScaling.setInstanceProtection({
      AutoScalingGroupName: name,
      InstanceIds: protectedIds.slice(at, at + 50),
      ProtectedFromScaleIn: false,
    });
  }
  await autoScaling.updateAutoScalingGroup({
    AutoScalingGroupName: name,
    DesiredCapacity: 0,
    MaxSize: 0,
    MinSize: 0,
    // A server that starts meanwhile must not be protected.
    NewInstancesProtectedFromScaleIn: false,
  });
  const empty = await waitUntil(withinSeconds, async () => {
    const group = await findGroup(aws, name);
    return group === undefined || (group.Instances ?? []).length === 0;
  });
  if (!empty) {
    throw new Error(`${name}: servers still run after ${String(withinSeconds)} seconds of termination`);
  }
}

/** Waits until a deleted group no longer exists. */
export async function untilGone(aws: AwsClients, name: string): Promise<void> {
  const gone = await waitUntil(withinSeconds, async () => (await findGroup(aws, name)) === undefined);
  if (!gone) throw new Error(`${name}: still exists ${String(withinSeconds)} seconds after its deletion`);
}
