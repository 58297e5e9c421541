import type { Text } from "../language/text";

/** One visit to the site. */
export interface Visit {
  /** When it began, in milliseconds. */
  readonly at: number;
  readonly milliseconds: number;
  /** Whether a page of the site arrived, at once or after redirects within the site. */
  readonly isServed: boolean;
  /** Why no page arrived. */
  readonly problem?: Text | undefined;
  /** Why browsers refuse the site's certificate. */
  readonly untrusted?: string | undefined;
}

/** What the visitors saw during an act. */
export interface Service {
  readonly visits: number;
  readonly failed: number;
  /** From the beginning of the first failed visit to the end of the last one. */
  readonly failingSeconds: number;
}

export function serviceOf(visits: readonly Visit[]): Service {
  const failed = visits.filter(({ isServed }) => !isServed);
  const begin = Math.min(...failed.map(({ at }) => at));
  const end = Math.max(...failed.map(({ at, milliseconds }) => at + milliseconds));
  return {
    visits: visits.length,
    failed: failed.length,
    failingSeconds: failed.length === 0 ? 0 : (end - begin) / 1_000,
  };
}

/** The health check of a target group, as its load balancer does it. */
export interface HealthCheckTimes {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly unhealthyThreshold: number;
}

/** A visit that meets a server at the last moment also waits. */
const spareSeconds = 10;

/** How long a load balancer may send visitors to a server that has ended: until its health check finds it unhealthy. */
export function longestFailingSeconds(times: HealthCheckTimes): number {
  return times.unhealthyThreshold * times.intervalSeconds + times.timeoutSeconds + spareSeconds;
}

/**
 * Whether visitors were served while a server was replaced: errors only until the load balancer finds the server
 * unhealthy, and the other servers answered most visits meanwhile.
 */
export function isServedMeanwhile(service: Service, times: HealthCheckTimes): boolean {
  const isMostlyServed = service.visits > 0 && service.failed * 2 <= service.visits;
  return isMostlyServed && service.failingSeconds <= longestFailingSeconds(times);
}
