import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../cli/failure";
import { type EmulatorApi, emulatorApi, type EmulatorHealth } from "../emulator";
import type { Changes } from "../emulator/api";
import { awsClients } from "../providers/aws/clients";
import { type AlarmWatch, watchAlarms } from "./alarmWatch";
import { type GroupWatch, watchGroups } from "./groupWatch";
import { type ScheduleWatch, watchSchedules } from "./scheduleWatch";

export interface ClockOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** Identifies this clock in the emulator's health. */
  readonly id: string;
  readonly log: (line: string) => void;
}

const awsSecondsPerMinute = 60;
const tickMilliseconds = 500;
/** After this number of ticks without an answer the emulator counts as ended. */
const patience = 4;

/** One account in one region. */
interface Place {
  seen: Changes;
  /** Whether time alone may still change a group that tracks a metric. */
  pending: boolean;
  readonly schedules: ScheduleWatch;
  readonly groups: GroupWatch;
  readonly alarms: AlarmWatch;
}

/** Does what AWS does over time, until the emulator ends or another one answers at its address. */
export async function runClock({ endpoint, id, log }: ClockOptions): Promise<void> {
  const api = emulatorApi(endpoint);
  const since = Date.now();
  const places = new Map<string, Place>();
  let bootId: string | undefined;
  let missed = 0;
  while (missed < patience) {
    const health = await ask(api, id);
    missed = health === undefined ? missed + 1 : 0;
    bootId ??= health?.bootId;
    if (health !== undefined && health.bootId !== bootId) {
      log(`Another emulator answers at ${endpoint}`);
      return;
    }
    if (health !== undefined) await tick({ endpoint, api, since, log }, health, places);
    await sleep(tickMilliseconds);
  }
  log(`The emulator at ${endpoint} has ended`);
}

async function ask(api: EmulatorApi, id: string): Promise<EmulatorHealth | undefined> {
  try {
    return await api.health(id);
  } catch {
    // The emulator ended, or is too busy to answer: the loop counts the missed answers.
    return undefined;
  }
}

interface Context {
  readonly endpoint: string;
  readonly api: EmulatorApi;
  readonly since: number;
  readonly log: (line: string) => void;
}

async function tick(
  context: Context,
  { changes, live, paces }: EmulatorHealth,
  places: Map<string, Place>,
): Promise<void> {
  const present = new Set(changes.map(keyOf));
  for (const key of places.keys()) if (!present.has(key)) places.delete(key);
  for (const change of changes) {
    try {
      const place = places.get(keyOf(change)) ?? newPlace(context, change);
      places.set(keyOf(change), place);
      await visit(place, change, live ? (paces[change.accountId] ?? awsSecondsPerMinute) : undefined);
    } catch (error) {
      context.log(`${keyOf(change)}: ${messageOf(error)}`);
    }
  }
}

/** @param secondsPerMinute of CloudWatch, when the servers are machines. */
async function visit(place: Place, change: Changes, secondsPerMinute: number | undefined): Promise<void> {
  const { seen } = place;
  const groupsChanged = change.autoscaling !== seen.autoscaling;
  const metricsChanged = change.cloudwatch !== seen.cloudwatch;
  if (change.scheduler !== seen.scheduler) await place.schedules.read();
  if (groupsChanged) await place.groups.read();
  place.seen = change;
  const now = Date.now();
  place.schedules.act(now);
  await place.groups.act(now);
  if (secondsPerMinute !== undefined) {
    if (await place.alarms.evaluate(now, secondsPerMinute)) {
      await place.groups.trackMeasured(now, secondsPerMinute, place.alarms);
    }
  } else if (groupsChanged || metricsChanged || place.pending) {
    place.pending = await place.groups.track(now, groupsChanged || metricsChanged);
  }
}

function newPlace({ endpoint, api, since, log }: Context, change: Changes): Place {
  const aws = awsClients({ endpoint, region: change.region, accountId: change.accountId });
  return {
    seen: { ...change, scheduler: 0, autoscaling: 0, cloudwatch: 0 },
    pending: false,
    schedules: watchSchedules({ aws, api, since, log }),
    groups: watchGroups({ aws, api, since, log }),
    alarms: watchAlarms(aws),
  };
}

function keyOf({ accountId, region }: Changes): string {
  return `${accountId}/${region}`;
}
