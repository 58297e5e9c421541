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

/** Whether these changes replace the group's servers: a new template, or one of the triggers. */
export function refreshes(inputs: Properties, changed: ReadonlySet<string>): boolean {
  const refresh = reading<GroupArgs>(inputs).object("instanceRefresh");
  if (refresh === undefined) return false;
  const triggers = reading<Refresh>(refresh).strings("triggers") ?? [];
  return ["launchTemplate", ...triggers].some((name) => changed.has(name === "tag" ? "tags" : name));
}

/**
 * Starts to replace the group's servers, a few at a time; it does not wait for the end. One that is under way
 * is stopped first, as it works towards what is not wanted any more.
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
    // AWS rolls back only what is named as the aim.
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
    // It may have ended by itself meanwhile.
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

/** The real provider takes some of its numbers as text. */
function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
