import { InvalidInputError, type Problem } from "./problems";
import type { Settings } from "./settings";

/** The content of an event. */
export type Request = LaunchRequest | SweepRequest;

export interface LaunchRequest {
  readonly action: "launch";
  /** Identifies the launch: its schedule and planned time, or the invocation's id. */
  readonly identity: string;
  /** Epoch milliseconds. */
  readonly plannedAt: number;
  readonly serverCount: number;
  readonly timeToLiveMinutes: number;
  readonly maxRunningServers: number;
}

export interface SweepRequest {
  readonly action: "sweep";
}

/** The invocation of the event: its time, and the id that its retries share. */
export interface Call {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** How far a planned time may be ahead of this clock, as clocks differ. */
const maxClockSkewMilliseconds = 60_000;

const names = [
  "action",
  "schedule",
  "plannedTime",
  "executionId",
  "serverCount",
  "timeToLiveMinutes",
  "maxRunningServers",
];

/**
 * Reads an event. An empty one launches servers as the settings state; `serverCount`, `timeToLiveMinutes` and
 * `maxRunningServers` lower the settings' limits; a schedule adds `schedule` and `plannedTime`.
 * @throws InvalidInputError that lists every parameter that is unknown, wrong or above its limit.
 */
export function readRequest(event: unknown, settings: Settings, call: Call): Request {
  const reader = new EventReader(event);
  const action = reader.action();
  const planned = reader.planned(call.now);
  const limits = {
    serverCount: reader.limit("serverCount", settings.serverCount),
    timeToLiveMinutes: reader.limit("timeToLiveMinutes", settings.timeToLiveMinutes),
    maxRunningServers: reader.limit("maxRunningServers", settings.maxRunningServers),
  };
  if (reader.problems.length > 0) throw new InvalidInputError("The event is wrong", reader.problems);
  if (action === "sweep") return { action };
  return {
    action: "launch",
    identity: planned?.identity ?? `call ${call.requestId}`,
    plannedAt: planned?.at ?? call.now,
    ...limits,
  };
}

/** Continues after a wrong parameter, to report all of them at once. */
class EventReader {
  readonly problems: Problem[] = [];
  private readonly values: ReadonlyMap<string, unknown>;

  constructor(event: unknown) {
    // An invocation from the console or the command line may have no payload.
    const given = event ?? {};
    const isObject = typeof given === "object" && !Array.isArray(given);
    if (!isObject) this.refuse("event", given, "an object of parameters, or nothing");
    this.values = new Map(isObject ? Object.entries(given) : []);
    for (const [name, value] of this.values) {
      if (!names.includes(name)) this.refuse(name, value, `no such parameter; allowed: ${names.join(", ")}`);
    }
  }

  action(): Request["action"] {
    const action = this.values.get("action") ?? "launch";
    if (action === "launch" || action === "sweep") return action;
    this.refuse("action", action, "launch or sweep");
    return "launch";
  }

  limit(name: string, limit: number): number {
    const value = this.values.get(name) ?? limit;
    if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= limit) return value;
    this.refuse(name, value, `1 to ${limit}: an event may lower the launcher's setting but not raise it`);
    return limit;
  }

  planned(now: number): { readonly identity: string; readonly at: number } | undefined {
    const schedule = this.values.get("schedule");
    const time = this.values.get("plannedTime");
    if (schedule === undefined && time === undefined) return undefined;
    if (typeof schedule !== "string" || schedule === "") {
      this.refuse("schedule", schedule, "the schedule's name or ARN, together with plannedTime");
    }
    const at =
      typeof time === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time) ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(at)) {
      this.refuse("plannedTime", time, "a time in UTC, e.g. 2026-01-05T00:00:00Z, together with schedule");
    } else if (at > now + maxClockSkewMilliseconds) {
      // A server expires at its planned time plus its time to live, so a planned time far ahead would extend its life.
      this.refuse(
        "plannedTime",
        time,
        `a time that is not in the future; it is ${new Date(now).toISOString()}`,
      );
    }
    return { identity: `${String(schedule)} at ${new Date(Number.isNaN(at) ? now : at).toISOString()}`, at };
  }

  private refuse(path: string, value: unknown, allowed: string): void {
    this.problems.push({ path, value, allowed });
  }
}
