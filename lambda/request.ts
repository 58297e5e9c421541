import { InvalidInputError, type Problem } from "./problems";
import type { Settings } from "./settings";

/** What a call asks for. */
export type Request = LaunchRequest | SweepRequest;

export interface LaunchRequest {
  readonly action: "launch";
  /** What makes this launch this one: its schedule and planned time, or the call's own id. */
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

/** What a call's surroundings tell: when it came, and the id that its retries share. */
export interface Call {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A planned time may be so far ahead of this clock, for clocks that differ. */
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
 * Reads an event. An empty one launches what the settings say; `serverCount`, `timeToLiveMinutes` and
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

/** Reads on after a wrong parameter, so that all of them come out at once. */
class EventReader {
  readonly problems: Problem[] = [];
  private readonly values: ReadonlyMap<string, unknown>;

  constructor(event: unknown) {
    // A call from a console or a command line may bring no payload at all.
    const given = event ?? {};
    const isObject = typeof given === "object" && !Array.isArray(given);
    if (!isObject) this.refuse("event", given, "an object of parameters, or nothing");
    this.values = new Map(isObject ? Object.entries(given) : []);
    for (const [name, value] of this.values) {
      if (!names.includes(name)) this.refuse(name, value, `no such parameter; only ${names.join(", ")}`);
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
    this.refuse(name, value, `1 to ${limit}: an event may lower the launcher's setting, never raise it`);
    return limit;
  }

  planned(now: number): { readonly identity: string; readonly at: number } | undefined {
    const schedule = this.values.get("schedule");
    const time = this.values.get("plannedTime");
    if (schedule === undefined && time === undefined) return undefined;
    if (typeof schedule !== "string" || schedule === "") {
      this.refuse("schedule", schedule, "the schedule's name or ARN, beside plannedTime");
    }
    const at =
      typeof time === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time) ? Date.parse(time) : Number.NaN;
    if (Number.isNaN(at)) {
      this.refuse("plannedTime", time, "a time in UTC, e.g. 2026-01-05T00:00:00Z, beside schedule");
    } else if (at > now + maxClockSkewMilliseconds) {
      // A server lives from its planned time on: one planned far ahead would live as long.
      this.refuse("plannedTime", time, `a time that has come; it is ${new Date(now).toISOString()}`);
    }
    return { identity: `${String(schedule)} at ${new Date(Number.isNaN(at) ? now : at).toISOString()}`, at };
  }

  private refuse(path: string, value: unknown, allowed: string): void {
    this.problems.push({ path, value, allowed });
  }
}
