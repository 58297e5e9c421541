import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../cli/failure";
import { type EmulatorApi, emulatorApi, type EmulatorHealth } from "../emulator";
import type { Changes } from "../emulator/api";
import { awsClients } from "../providers/aws/clients";
import { type GroupWatch, watchGroups } from "./groupWatch";
import { type ScheduleWatch, watchSchedules } from "./scheduleWatch";

export interface ClockOptions {
  /** The emulator's address. */
  readonly endpoint: string;
  /** Names this clock to the emulator. */
  readonly id: string;
  readonly log: (line: string) => void;
}

const tickMilliseconds = 500;
/** A metric this old decides nothing any more. */
const metricLifeMilliseconds = 180_000;
/** So many ticks without an answer, and the emulator is gone. */
const patience = 4;

/** One account in one region. */
interface Place {
  seen: Changes;
  metricsChanged: number;
  readonly schedules: ScheduleWatch;
  readonly groups: GroupWatch;
}

/** Does what AWS does over time, until the emulator ends or another one takes its place. */
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
    if (health !== undefined) await tick(endpoint, health.changes, places, since, log);
    await sleep(tickMilliseconds);
  }
  log(`The emulator at ${endpoint} is gone`);
}

async function ask(api: EmulatorApi, id: string): Promise<EmulatorHealth | undefined> {
  try {
    return await api.health(id);
  } catch {
    // It ended, or is too busy to answer just now: the loop counts.
    return undefined;
  }
}

async function tick(
  endpoint: string,
  changes: readonly Changes[],
  places: Map<string, Place>,
  since: number,
  log: (line: string) => void,
): Promise<void> {
  const present = new Set(changes.map(keyOf));
  for (const key of places.keys()) if (!present.has(key)) places.delete(key);
  for (const change of changes) {
    try {
      await visit(endpoint, change, places, since, log);
    } catch (error) {
      log(`${keyOf(change)}: ${messageOf(error)}`);
    }
  }
}

async function visit(
  endpoint: string,
  change: Changes,
  places: Map<string, Place>,
  since: number,
  log: (line: string) => void,
): Promise<void> {
  const place = places.get(keyOf(change)) ?? newPlace(endpoint, change, since, log);
  places.set(keyOf(change), place);
  const { seen } = place;
  if (change.scheduler !== seen.scheduler) await place.schedules.read();
  if (change.autoscaling !== seen.autoscaling) await place.groups.read();
  const now = Date.now();
  if (change.cloudwatch !== seen.cloudwatch) place.metricsChanged = now;
  place.seen = change;
  place.schedules.act(now);
  await place.groups.act(now);
  if (now - place.metricsChanged < metricLifeMilliseconds) await place.groups.track(now);
}

function newPlace(endpoint: string, change: Changes, since: number, log: (line: string) => void): Place {
  const aws = awsClients({ endpoint, region: change.region, accountId: change.accountId });
  return {
    seen: { ...change, scheduler: 0, autoscaling: 0, cloudwatch: 0 },
    metricsChanged: 0,
    schedules: watchSchedules(aws, since, log),
    groups: watchGroups(aws, since, log),
  };
}

function keyOf({ accountId, region }: Changes): string {
  return `${accountId}/${region}`;
}
