import type { PageState, Series } from "./page";
import { standingOf } from "./standing.ts";

/** The newest value of a series. */
export function lastValue(series: Series): number | undefined {
  return series.at(-1)?.[1];
}

export function healthyCount({ servers }: Pick<PageState, "servers">): number {
  return servers.filter((server) => standingOf(server).word === "healthy").length;
}

/** Answers 5xx a second, of the servers and of the load balancer itself; undefined before there is traffic. */
export function errorRate({ traffic }: Pick<PageState, "traffic">): number | undefined {
  if (traffic.requests.length === 0 && traffic.targetErrors.length === 0) return undefined;
  return (lastValue(traffic.targetErrors) ?? 0) + (lastValue(traffic.balancerErrors) ?? 0);
}
