/** The targets that one HAProxy has now, and the commands of its runtime API that change them. */
import type { TargetHealth } from "../../reports";
import type { TargetGroup } from "../../world";
import { backendNames, serverName, serverWords, type Target } from "./backend";
import type { DesiredGroup, DesiredTarget } from "./desired";
import { health, nextHealth } from "./health";
import type { StatRow } from "./runtime";

export interface Tracked {
  /** With the settings that HAProxy has. */
  readonly group: TargetGroup;
  readonly target: DesiredTarget;
  readonly health: TargetHealth;
}

export function keyOf({ group, target }: Pick<Tracked, "group" | "target">): string {
  return `${group.arn} ${target.id} ${target.address} ${target.port}`;
}

/** Whether it gets health checks, and requests when it is healthy. */
export function isInService({ health: { state } }: Tracked): boolean {
  return state !== "draining";
}

/** @returns the targets of the configuration, by their group's ARN */
export function configuredTargets(tracked: Iterable<Tracked>): ReadonlyMap<string, readonly Target[]> {
  const byGroup = new Map<string, Target[]>();
  for (const { group, target, health } of [...tracked].filter(isInService)) {
    const { id, address, port } = target;
    const configured = { id, address, port, healthy: health.state === "healthy" };
    byGroup.set(group.arn, [...(byGroup.get(group.arn) ?? []), configured]);
  }
  return byGroup;
}

export interface Changes {
  readonly added: readonly Tracked[];
  readonly drained: readonly Tracked[];
  readonly removed: readonly Tracked[];
}

/** What differs between the targets of HAProxy and those of the world. */
export function changesOf(tracked: ReadonlyMap<string, Tracked>, groups: readonly DesiredGroup[]): Changes {
  const desired = new Map(
    groups.flatMap(({ group, targets }) =>
      targets.map((target) => [keyOf({ group, target }), { group, target }] as const),
    ),
  );
  const now = [...tracked];
  return {
    added: [...desired]
      .filter(([key, { target }]) => !target.draining && !tracked.has(key))
      .map(([, { group, target }]) => ({ group, target, health: health.initial })),
    drained: now
      .filter(([key, each]) => isInService(each) && desired.get(key)?.target.draining === true)
      .map(([, each]) => ({ ...each, health: health.draining })),
    // One that is registered again while it drains is a new target.
    removed: now
      .filter(
        ([key, each]) =>
          !desired.has(key) || (!isInService(each) && desired.get(key)?.target.draining === false),
      )
      .map(([, each]) => each),
  };
}

function places(each: Tracked): Readonly<Record<"check" | "healthy" | "all", string>> {
  const names = backendNames(each.group);
  const server = serverName(each.group, each.target);
  return {
    check: `${names.check}/${server}`,
    healthy: `${names.healthy}/${server}`,
    all: `${names.all}/${server}`,
  };
}

export function addCommands(each: Tracked): readonly string[] {
  const { check, healthy, all } = places(each);
  const words = serverWords(each.group);
  const at = `${each.target.address}:${each.target.port}`;
  return [
    `add server ${check} ${at} ${words.check}`,
    `add server ${healthy} ${at} ${words.healthy}`.trimEnd(),
    `add server ${all} ${at} ${words.all}`.trimEnd(),
    `enable server ${check}`,
    `set server ${check} health up`,
    `enable health ${check}`,
    `enable server ${all}`,
  ];
}

/** No new request; open ones may finish. */
export function drainCommands(each: Tracked): readonly string[] {
  return Object.values(places(each)).map((server) => `set server ${server} state maint`);
}

/** Ends the requests that are open after the deregistration delay. */
export function endCommands(each: Tracked): readonly string[] {
  const { healthy, all } = places(each);
  return [healthy, all].map((server) => `shutdown sessions server ${server}`);
}

export function removeCommands(each: Tracked): readonly string[] {
  return Object.values(places(each)).map((server) => `del server ${server}`);
}

/** A new worker counts from this on. No request goes to that backend. */
export function restoreCommand(each: Tracked): string {
  return `set server ${places(each).check} health ${each.health.state === "unhealthy" ? "down" : "up"}`;
}

/** Sets it in the backend that gets the requests. */
export function healthCommand(each: Tracked): string {
  return `set server ${places(each).healthy} state ${each.health.state === "healthy" ? "ready" : "maint"}`;
}

/** The targets whose health changed, by the statistics of their checks. */
export function checkedTargets(tracked: Iterable<Tracked>, rows: readonly StatRow[]): readonly Tracked[] {
  const byName = new Map(rows.map((row) => [`${row.proxy}/${row.server}`, row]));
  return [...tracked].filter(isInService).flatMap((each) => {
    const row = byName.get(places(each).check);
    if (row === undefined) return [];
    const next = nextHealth(each.health, row);
    return JSON.stringify(next) === JSON.stringify(each.health) ? [] : [{ ...each, health: next }];
  });
}

/**
 * Whether a target that gets no new request has no open one: its deregistration ends before the delay, as on AWS.
 * Requests of a target that HAProxy does not have now may be open in an old worker.
 */
function isDrained(each: Tracked | undefined, rows: readonly StatRow[]): boolean {
  if (each === undefined || isInService(each)) return false;
  const { healthy, all } = places(each);
  const its = rows.filter(({ proxy, server }) => [healthy, all].includes(`${proxy}/${server}`));
  return its.length > 0 && its.every(({ sessions }) => sessions === 0);
}

/**
 * The health that AWS reports, by the target's id.
 *
 * @param rows HAProxy's statistics since its last change
 */
export function groupHealth(
  { group, targets, unused }: DesiredGroup,
  tracked: ReadonlyMap<string, Tracked>,
  rows: readonly StatRow[],
): Readonly<Record<string, TargetHealth>> {
  const entries = targets.map((target): readonly [string, TargetHealth] => {
    const known = tracked.get(keyOf({ group, target }));
    if (!target.draining) return [target.id, known?.health ?? health.registering];
    return [target.id, isDrained(known, rows) ? health.drained : health.draining];
  });
  return { ...unused, ...Object.fromEntries<TargetHealth>(entries) };
}
