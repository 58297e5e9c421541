import { activityEntries, alarmEntries } from "./activities";
import { trackingLevels } from "./alarms";
import type { Answers } from "./answers";
import { linked } from "./causes";
import type { TimelineEntry } from "./page";
import { crossingsOf } from "./series";

/** The page shows this number of entries. */
const longest = 200;

/** Joins what AWS answers and what the page saw, newest first, each entry with the one that caused it. */
export function timelineOf(answers: Answers, seen: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const entries = [
    ...metricEntries(answers),
    ...alarmEntries(answers),
    ...activityEntries(answers),
    ...refreshEntries(answers),
    ...seen,
  ].sort((one, other) => one.at - other.at);
  return linked(entries).slice(-longest).reverse();
}

/** When the group's average CPU rises above its target, and when it falls below the level for scaling in. */
function metricEntries({ metrics, policies }: Answers): readonly TimelineEntry[] {
  const levels = trackingLevels(policies);
  if (levels === undefined) return [];
  return crossingsOf(metrics.groupCpu, levels.target, levels.low).map(({ at, value, side }) => {
    const level = side === "above" ? `the target of ${percent(levels.target)}` : percent(levels.low);
    return {
      id: `metric ${side} ${String(at)}`,
      at,
      kind: "metric",
      tone: side === "above" ? "warning" : "info",
      text: `Average CPU of the group is ${side} ${level}: ${percent(value)}`,
      detail: null,
      serverId: null,
      because: null,
    };
  });
}

function refreshEntries({ refreshes }: Answers): readonly TimelineEntry[] {
  return refreshes.flatMap((refresh) => {
    const id = refresh.InstanceRefreshId ?? "";
    const base = {
      kind: "refresh",
      detail: refresh.StatusReason ?? null,
      serverId: null,
      because: null,
    } as const;
    const started = refresh.StartTime?.getTime();
    const ended = refresh.EndTime?.getTime();
    const status = refresh.Status ?? "unknown";
    return [
      ...(started === undefined
        ? []
        : [
            {
              ...base,
              id: `refresh ${id}`,
              at: started,
              tone: "info" as const,
              text: "Instance refresh started",
            },
          ]),
      ...(ended === undefined
        ? []
        : [
            {
              ...base,
              id: `refresh ${id} end`,
              at: ended,
              tone: status === "Successful" ? ("good" as const) : ("bad" as const),
              text: `Instance refresh: ${status}`,
              because: `refresh ${id}`,
            },
          ]),
    ];
  });
}

function percent(value: number): string {
  return `${String(Math.round(value * 10) / 10)} %`;
}
