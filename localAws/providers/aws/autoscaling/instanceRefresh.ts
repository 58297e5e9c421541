import type {
  RefreshPreferences,
  ScaleInProtectedInstances,
  StandbyInstances,
} from "@aws-sdk/client-auto-scaling";
import type { GroupArgs } from "@pulumi/aws/autoscaling";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties } from "../resourceType";
import { reading } from "../values";
import { waitUntil } from "../wait";
import { launchTemplateOf } from "./groupSettings";

type Refresh = input.autoscaling.GroupInstanceRefresh;
type Preferences = input.autoscaling.GroupInstanceRefreshPreferences;

/** Whether the changes replace the group's servers: a new launch template, or a trigger. */
export function refreshes(inputs: Properties, changed: ReadonlySet<string>): boolean {
  const refresh = reading<GroupArgs>(inputs).object("instanceRefresh");
  if (refresh === undefined) return false;
  const triggers = reading<Refresh>(refresh).strings("triggers") ?? [];
  return ["launchTemplate", ...triggers].some((name) => changed.has(name === "tag" ? "tags" : name));
}

/**
 * Starts an instance refresh and does not wait for its end. It first cancels a running one, which would deploy an old
 * configuration.
 */
export async function startRefresh(aws: AwsClients, name: string, inputs: Properties): Promise<void> {
  const refresh = reading<GroupArgs>(inputs).object("instanceRefresh") ?? {};
  const preferences = preferencesOf(reading<Refresh>(refresh).object("preferences"));
  const autoScaling = await aws.autoScaling();
  await stopRefresh(aws, name);
  await autoScaling.startInstanceRefresh({
    AutoScalingGroupName: name,
    Strategy: "Rolling",
    Preferences: preferences,
    // AWS supports a rollback only with a desired configuration.
    DesiredConfiguration:
      preferences?.AutoRollback === true ? { LaunchTemplate: launchTemplateOf(inputs) } : undefined,
  });
}

async function stopRefresh(aws: AwsClients, AutoScalingGroupName: string): Promise<void> {
  const autoScaling = await aws.autoScaling();
  const underWay = async () => {
    const { InstanceRefreshes = [] } = await autoScaling.describeInstanceRefreshes({ AutoScalingGroupName });
    return InstanceRefreshes.find(({ Status }) => !ended.has(Status ?? ""));
  };
  const running = await underWay();
  if (running === undefined) return;
  if (running.Status !== "Cancelling") {
    // It may have ended meanwhile.
    await unlessGone(
      autoScaling.cancelInstanceRefresh({ AutoScalingGroupName }),
      "ActiveInstanceRefreshNotFoundFault",
    );
  }
  if (await waitUntil(900, async () => (await underWay()) === undefined)) return;
  throw new Error(`${AutoScalingGroupName}: the last instance refresh did not stop within 900 seconds`);
}

const ended: ReadonlySet<string> = new Set([
  "Successful",
  "Failed",
  "Cancelled",
  "RollbackFailed",
  "RollbackSuccessful",
]);

function preferencesOf(preferences: Properties | undefined): RefreshPreferences | undefined {
  if (preferences === undefined) return undefined;
  const from = reading<Preferences>(preferences);
  const alarms = from.object("alarmSpecification");
  return {
    AlarmSpecification: alarms === undefined ? undefined : { Alarms: alarmNames(alarms) },
    AutoRollback: from.boolean("autoRollback"),
    CheckpointDelay: numberIn(from.string("checkpointDelay")),
    CheckpointPercentages: from.numbers("checkpointPercentages"),
    InstanceWarmup: numberIn(from.string("instanceWarmup")),
    MaxHealthyPercentage: from.number("maxHealthyPercentage"),
    MinHealthyPercentage: from.number("minHealthyPercentage"),
    ScaleInProtectedInstances: choice(
      "scaleInProtectedInstances",
      protectedChoices,
      from.string("scaleInProtectedInstances"),
    ),
    SkipMatching: from.boolean("skipMatching"),
    StandbyInstances: choice("standbyInstances", standbyChoices, from.string("standbyInstances")),
  };
}

const protectedChoices: readonly ScaleInProtectedInstances[] = ["Ignore", "Refresh", "Wait"];
const standbyChoices: readonly StandbyInstances[] = ["Ignore", "Terminate", "Wait"];

function alarmNames(specification: Properties): string[] | undefined {
  return reading<input.autoscaling.GroupInstanceRefreshPreferencesAlarmSpecification>(specification).strings(
    "alarms",
  );
}

/** The official provider has strings for some of its numbers. */
function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
