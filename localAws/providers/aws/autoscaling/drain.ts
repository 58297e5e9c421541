import type { AwsClients } from "../clients";
import { waitUntil } from "../wait";
import { findGroup } from "./groupSettings";

/** How long servers may take to end, in seconds: the real provider's own limit. */
const withinSeconds = 600;

/** Ends a group's servers, as a group with servers cannot be deleted; those protected from scale-in too. */
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
    // A server that starts meanwhile must not be protected again.
    NewInstancesProtectedFromScaleIn: false,
  });
  const empty = await waitUntil(withinSeconds, async () => {
    const group = await findGroup(aws, name);
    return group === undefined || (group.Instances ?? []).length === 0;
  });
  if (!empty) {
    throw new Error(
      `${name}: servers still run ${String(withinSeconds)} seconds after they were told to end`,
    );
  }
}

/** Waits until a deleted group is gone. */
export async function untilGone(aws: AwsClients, name: string): Promise<void> {
  const gone = await waitUntil(withinSeconds, async () => (await findGroup(aws, name)) === undefined);
  if (!gone) throw new Error(`${name}: still there ${String(withinSeconds)} seconds after its deletion`);
}
