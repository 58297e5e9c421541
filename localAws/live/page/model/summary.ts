import type { Alarm, PageState, Series, Tone } from "./page";
import { standingOf } from "./standing.ts";

/** The newest value of a series. */
export function lastValue(series: Series): number | undefined {
  return series.at(-1)?.[1];
}

/** A metric that is older than this number of its periods is no present value: the machine is off, or has ended. */
const presentPeriods = 4;

/** The newest value of a series, if it is of the present. */
export function presentValue(series: Series, periodSeconds: number | null, now: number): number | undefined {
  const [at = 0, value] = series.at(-1) ?? [];
  return now - at > presentPeriods * (periodSeconds ?? 60) * 1000 ? undefined : value;
}

export function healthyCount({ servers }: Pick<PageState, "servers">): number {
  return servers.filter((server) => standingOf(server).word === "healthy").length;
}

/** Answers 5xx a second, of the servers and of the load balancer itself; undefined before there is traffic. */
export function errorRate({ traffic }: Pick<PageState, "traffic">): number | undefined {
  if (traffic.requests.length === 0 && traffic.targetErrors.length === 0) return undefined;
  return (lastValue(traffic.targetErrors) ?? 0) + (lastValue(traffic.balancerErrors) ?? 0);
}

/** The alarm for scaling in is in the alarm state most of the time. */
export function toneOfAlarm(state: string, scales: Alarm["scales"]): Tone {
  if (state === "OK") return "good";
  if (state !== "ALARM" || scales === "in") return "info";
  return scales === "out" ? "warning" : "bad";
}
