import { createHash } from "node:crypto";

import type { LaunchRequest } from "./request";
import { isAlive, type Server } from "./server";
import type { Settings } from "./settings";

/** What to do about a launch, with the reason when it is nothing. */
export type Decision =
  | {
      readonly kind: "launch";
      readonly plan: LaunchPlan;
      /** Servers of the same launch that another call has started already, and that still run. */
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
  /** One call of RunInstances each. */
  readonly calls: readonly LaunchCall[];
}

export interface LaunchCall {
  readonly subnetId: string;
  readonly serverCount: number;
  /** Makes EC2 start one set of servers however often it is asked. At most 64 ASCII characters. */
  readonly clientToken: string;
}

const millisecondsPerMinute = 60_000;

/**
 * Decides on a launch from the request, the settings and the launcher's servers (ended ones too, as far as EC2
 * still tells of them). Everything in the plan follows from the request and the settings alone, so that a repeat
 * asks EC2 for exactly the same. A launch is all or nothing: half a set would ask for something else next time.
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
 * The servers above the cap: all but the oldest. Two launches at the same moment may each have seen room for
 * itself; whichever looks last afterwards sees all servers, and both would name the same ones.
 */
export function serversOverCap(servers: readonly Server[], cap: number): readonly Server[] {
  return servers
    .filter(isAlive)
    .sort((one, other) => one.launchedAt - other.launchedAt || (one.id < other.id ? -1 : 1))
    .slice(cap);
}

/** The servers that are past their time, and those whose time nobody can read any more. */
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

/** Deals the servers out over the subnets; the first subnet differs from launch to launch, but not by chance. */
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
    `(e.g. ${other.id}), and is asked for now with ${plan.parameters}. ` +
    "A launch cannot be changed: ask for the same, or for another planned time."
  );
}

function latenessReason({ plannedAt }: LaunchRequest, { maxLatenessSeconds }: Settings, now: number): string {
  const planned = new Date(plannedAt).toISOString();
  return `too late: planned for ${planned}, it is ${new Date(now).toISOString()}; ${maxLatenessSeconds} s are allowed, and not past the servers' time to live`;
}

function capReason({ serverCount, maxRunningServers }: LaunchRequest, running: number): string {
  return `the cap: ${running} of its servers run, ${serverCount} more would be above ${maxRunningServers}`;
}
