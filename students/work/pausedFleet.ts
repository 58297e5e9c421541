import { runEngine, type EngineContext } from "../../local/engineRun";
import type { Account } from "./account";

/**
 * Gives a paused group its normal size back before the program does. A group whose size may move by itself has its
 * desired number left alone by the program, so that of the pause, none, would stand below the minimum: a policy
 * refuses that, although AWS would put it right.
 */
export async function wakeFleet(
  { session, settings, groups }: Account,
  context: EngineContext,
): Promise<void> {
  const group = session.before?.resources.find(({ type }) => type === "aws:autoscaling/group:Group");
  // The least minimum of a group that is not paused is 1.
  if (group?.inputs["minSize"] !== 0) return;
  const { min, desired, max } = settings.fleet.capacity;
  const autoScaling = await groups();
  await autoScaling.updateAutoScalingGroup({
    AutoScalingGroupName: group.id,
    MinSize: min,
    DesiredCapacity: desired,
    MaxSize: max,
  });
  await runEngine(context, session, {
    title: "waking the servers",
    quiet: true,
    run: (options) =>
      session.stack.refresh({ onEvent: options.onEvent, onOutput: options.onOutput, target: [group.urn] }),
  });
}
