import type { DBInstance } from "@aws-sdk/client-rds";

import { alarmsOf, trackingLevels } from "./alarms";
import type { Answers } from "./answers";
import { runningCost } from "./cost";
import type { About, Cpu, Database, Mail, PageState, Problem, Refresh, TimelineEntry, Traffic } from "./page";
import { perSecond, periodSecondsOf, timesOf } from "./series";
import { groupOf, othersOf, serversOf } from "./servers";
import { timelineOf } from "./timeline";

/** What the page adds to AWS's answers. */
export interface Extras {
  readonly about: About;
  readonly problems: readonly Problem[];
  /** What earlier readings and the region saw. */
  readonly seen: readonly TimelineEntry[];
  readonly mail: readonly Mail[] | null;
}

/** The page of a stack from AWS's last answers. */
export function pageOf(answers: Answers, { about, problems, seen, mail }: Extras): PageState {
  return {
    about,
    problems,
    group: groupOf(answers),
    servers: serversOf(answers),
    others: othersOf(answers),
    cpu: cpuOf(answers),
    traffic: trafficOf(answers),
    alarms: alarmsOf(answers),
    refresh: refreshOf(answers),
    timeline: timelineOf(answers, seen),
    database: databaseOf(answers.database),
    cost: runningCost(answers, about.siteUrl?.startsWith("https:") === true),
    mail,
  };
}

function cpuOf({ metrics, policies }: Answers): Cpu {
  return {
    target: trackingLevels(policies)?.target ?? null,
    periodSeconds: periodSecondsOf(metrics.groupCpu, ...Object.values(metrics.serverCpu)),
    group: metrics.groupCpu,
    servers: metrics.serverCpu,
  };
}

/** CloudWatch's newest values may be this number of periods old. */
const delayPeriods = 3;

function trafficOf({ metrics }: Answers): Traffic {
  const { requests, targetErrors, balancerErrors, periodSeconds: period, readAt } = metrics;
  const until = readAt - delayPeriods * period * 1000;
  const times = timesOf([requests, targetErrors, balancerErrors], period, until);
  return {
    periodSeconds: times.length === 0 ? null : period,
    requests: perSecond(requests, times, period),
    targetErrors: perSecond(targetErrors, times, period),
    balancerErrors: perSecond(balancerErrors, times, period),
  };
}

function refreshOf({ refreshes }: Answers): Refresh | null {
  const [newest] = [...refreshes].sort(
    (one, other) => (other.StartTime?.getTime() ?? 0) - (one.StartTime?.getTime() ?? 0),
  );
  if (newest === undefined) return null;
  return {
    id: newest.InstanceRefreshId ?? "",
    status: newest.Status ?? "unknown",
    reason: newest.StatusReason ?? null,
    percent: newest.PercentageComplete ?? null,
    startedAt: newest.StartTime?.getTime() ?? null,
    endedAt: newest.EndTime?.getTime() ?? null,
  };
}

export function databaseOf(database: DBInstance | undefined): Database | null {
  if (database === undefined) return null;
  return {
    id: database.DBInstanceIdentifier ?? "",
    state: database.DBInstanceStatus ?? "unknown",
    engine: `${database.Engine ?? ""} ${database.EngineVersion ?? ""}`.trim(),
    instanceClass: database.DBInstanceClass ?? "",
    zone: database.AvailabilityZone ?? null,
    multiAz: database.MultiAZ ?? false,
    storageGiB: database.AllocatedStorage ?? 0,
  };
}
