import { createHash } from "node:crypto";

import type { LaunchRequest } from "./request";
import { isAlive, type Server } from "./server";
import type { Settings } from "./settings";

/** The decision about a launch, with the reason if it starts nothing. */
export type Decision =
  | {
      readonly kind: "launch";
      readonly plan: LaunchPlan;
      /** Running servers of the same launch that another call has started. */
      readonly startedBefore: readonly string[];
    }
  | { readonly kind: "alreadyLaunched"; readonly serverIds: readonly string[] }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "conflict"; readonly reason: string };

export interface LaunchPlan {
  readonly launchKey: string;
  readonly parameters: string;
  /** Epoch milliseconds. */
  readonly plannedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** One request RunInstances each. */
  readonly calls: readonly LaunchCall[];
}

export interface LaunchCall {
  readonly subnetId: string;
  readonly serverCount: number;
  /** EC2 starts one set of servers per token, however often the request repeats. At most 64 ASCII characters. */
  readonly clientToken: string;
}

const millisecondsPerMinute = 60_000;

/**
 * Decides on a launch from the request, the settings and the launcher's servers, with the terminated ones that EC2
 * still returns. The plan depends on the request and the settings only, so that a repeat sends the same requests to
 * EC2. A launch above the maximum starts no server: a part of it would need other requests the next time.
 */
export function decideLaunch(
  request: LaunchRequest,
  settings: Settings,
  servers: readonly Server[],
  now: number,
): Decision {
  const plan = planOf(request, settings);
  const mine = servers.filter((server) => isOf(plan, server));
  const other = mine.find(({ parameters }) => parameters !== plan.parameters);
  if (other !== undefined) return { kind: "conflict", reason: conflictReason(request, plan, other) };

  const calls = plan.calls.filter(({ clientToken }) =>
    mine.every((server) => server.clientToken !== clientToken),
  );
  if (calls.length === 0) return { kind: "alreadyLaunched", serverIds: mine.map(({ id }) => id) };

  const late = now - request.plannedAt - settings.maxLatenessSeconds * 1_000;
  if (late > 0 || plan.expiresAt <= now)
    return { kind: "skip", reason: latenessReason(request, settings, now) };

  const others = servers.filter((server) => isAlive(server) && !isOf(plan, server));
  if (others.length + request.serverCount > request.maxRunningServers) {
    return { kind: "skip", reason: capReason(request, others.length) };
  }
  const startedBefore = mine.filter(isAlive).map(({ id }) => id);
  return { kind: "launch", plan: { ...plan, calls }, startedBefore };
}

/**
 * The servers above the maximum: all but the oldest. Two launches at the same moment may each have seen enough room.
 * The one that counts last sees all servers, and both choose the same ones.
 */
export function serversOverCap(servers: readonly Server[], cap: number): readonly Server[] {
  return servers
    .filter(isAlive)
    .sort((one, other) => one.launchedAt - other.launchedAt || (one.id < other.id ? -1 : 1))
    .slice(cap);
}

/** The servers that have expired, and those whose expiry time is unreadable. */
export function decideSweep(servers: readonly Server[], now: number) {
  const alive = servers.filter(isAlive);
  return {
    expired: alive.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= now),
    unreadable: alive.filter(({ expiresAt }) => expiresAt === undefined),
  };
}

function planOf(request: LaunchRequest, settings: Settings): LaunchPlan {
  const { identity, plannedAt, serverCount, timeToLiveMinutes } = request;
  const launchKey = createHash("sha256").update(identity).digest("hex").slice(0, 40);
  return {
    launchKey,
    parameters: `serverCount=${serverCount} timeToLiveMinutes=${timeToLiveMinutes}`,
    plannedAt,
    expiresAt: plannedAt + timeToLiveMinutes * millisecondsPerMinute,
    calls: spread(launchKey, serverCount, settings.subnetIds),
  };
}

function isOf({ launchKey }: LaunchPlan, { clientToken }: Server): boolean {
  return clientToken?.startsWith(`${launchKey}-`) ?? false;
}

/** Spreads the servers over the subnets. The launch key chooses the first subnet, so that a repeat chooses the same. */
function spread(launchKey: string, serverCount: number, subnetIds: readonly string[]): readonly LaunchCall[] {
  const first = Number.parseInt(launchKey.slice(0, 8), 16) % subnetIds.length;
  return [...subnetIds.slice(first), ...subnetIds.slice(0, first)]
    .map((subnetId, place) => ({
      subnetId,
      serverCount: Math.floor((serverCount + subnetIds.length - 1 - place) / subnetIds.length),
      clientToken: `${launchKey}-${place}`,
    }))
    .filter((call) => call.serverCount > 0);
}

function conflictReason(request: LaunchRequest, plan: LaunchPlan, other: Server): string {
  return (
    `${request.identity} was launched before with ${other.parameters ?? "unknown parameters"} ` +
    `(e.g. ${other.id}). This request has ${plan.parameters}. ` +
    "A launch cannot change: repeat it with the same parameters, or use another planned time."
  );
}

function latenessReason({ plannedAt }: LaunchRequest, { maxLatenessSeconds }: Settings, now: number): string {
  const planned = new Date(plannedAt).toISOString();
  return `too late: planned for ${planned}, now ${new Date(now).toISOString()}; allowed: ${maxLatenessSeconds} s, and before the servers expire`;
}

function capReason({ serverCount, maxRunningServers }: LaunchRequest, running: number): string {
  return `the maximum: ${running} servers of the launcher run, ${serverCount} more would exceed ${maxRunningServers}`;
}
