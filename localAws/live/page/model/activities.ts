import type { Activity } from "@aws-sdk/client-auto-scaling";
import type { AlarmHistoryItem } from "@aws-sdk/client-cloudwatch";

import { parseJson, z } from "../../../../cli/json";
import { labelOf, scalingAlarms } from "./alarms";
import type { Answers } from "./answers";
import type { TimelineEntry, Tone } from "./page";
import { toneOfAlarm } from "./summary";

const zoneSchema = z.object({ "Availability Zone": z.string() });

/** Auto Scaling's activities, with their causes in AWS's words. */
export function activityEntries({ activities }: Pick<Answers, "activities">): readonly TimelineEntry[] {
  return activities.flatMap((activity) => {
    const at = activity.StartTime?.getTime();
    if (at === undefined) return [];
    const serverId = /\bi-[0-9a-f]+/.exec(activity.Description ?? "")?.[0] ?? null;
    return {
      id: `activity ${activity.ActivityId ?? String(at)}`,
      at,
      kind: "scaling",
      tone: toneOf(activity),
      text: textOf(activity, serverId),
      detail: activity.Cause ?? null,
      serverId,
      because: null,
    };
  });
}

/** `Launching a new EC2 instance: i-0abc in us-east-1a: done in 31 s` */
function textOf(activity: Activity, serverId: string | null): string {
  const { Description = "Activity", StatusCode, StatusMessage, StartTime, EndTime } = activity;
  const zone = parseJson(zoneSchema, activity.Details ?? "")?.["Availability Zone"];
  const where = zone === undefined || serverId === null ? "" : ` in ${zone}`;
  const seconds =
    StartTime === undefined || EndTime === undefined
      ? ""
      : ` in ${String(Math.round((EndTime.getTime() - StartTime.getTime()) / 1000))} s`;
  switch (StatusCode) {
    case "Successful":
      return `${Description}${where}: done${seconds}`;
    case "Failed":
    case "Cancelled":
      return `${Description}${where}: ${StatusCode.toLowerCase()}${StatusMessage === undefined ? "" : `: ${StatusMessage}`}`;
    default:
      return `${Description}${where}: in progress`;
  }
}

function toneOf({ StatusCode, Description = "" }: Activity): Tone {
  if (StatusCode === "Failed" || StatusCode === "Cancelled") return "bad";
  return Description.startsWith("Terminating") ? "warning" : "info";
}

const updateSchema = z.object({
  oldState: z.object({ stateValue: z.string() }),
  newState: z.object({ stateValue: z.string(), stateReason: z.string() }),
});

/** Changes of the states of the stack's alarms. */
export function alarmEntries({
  history,
  alarms,
  policies,
}: Pick<Answers, "history" | "alarms" | "policies">): readonly TimelineEntry[] {
  const names = new Set(alarms.map(({ AlarmName }) => AlarmName));
  const scaling = scalingAlarms(policies);
  return history.flatMap((item) => {
    const { AlarmName = "", Timestamp, HistoryItemType } = item;
    if (Timestamp === undefined || HistoryItemType !== "StateUpdate" || !names.has(AlarmName)) return [];
    const update = parseJson(updateSchema, item.HistoryData ?? "");
    const state = update?.newState.stateValue ?? stateInSummary(item);
    const scales = scaling.get(AlarmName) ?? null;
    return {
      id: `alarm ${AlarmName} ${String(Timestamp.getTime())}`,
      at: Timestamp.getTime(),
      kind: "alarm",
      tone: toneOfAlarm(state, scales),
      text: `Alarm ${labelOf(AlarmName, scales)}: ${state}`,
      detail: update?.newState.stateReason ?? null,
      serverId: null,
      because: null,
    };
  });
}

/** `Alarm updated from OK to ALARM` */
function stateInSummary({ HistorySummary = "" }: AlarmHistoryItem): string {
  return /to (\w+)$/.exec(HistorySummary)?.[1] ?? HistorySummary;
}
