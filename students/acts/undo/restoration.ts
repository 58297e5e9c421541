import type { GroupStep, Sizes } from "./record";

/** A group now. */
export interface CurrentGroup extends Sizes {
  /** Ids of its servers that are not leaving. */
  readonly servers: readonly string[];
}

/** How to restore a group, in this order. */
export interface Restoration {
  /** Sizes to set first; undefined: none. A larger minimum comes with the desired capacity that it needs. */
  readonly sizes: { readonly min: number; readonly desired: number } | undefined;
  /** Servers to terminate, each with its place in the desired capacity. */
  readonly end: readonly string[];
  /** The desired capacity to set then; undefined: it is right. */
  readonly desired: number | undefined;
  /** The maximum to set last; undefined: it is right. */
  readonly max: number | undefined;
}

/**
 * Decides how to restore a group to its sizes before the act, by ending the servers that the act added.
 *
 * @returns undefined when a user or a schedule changed the group's limits meanwhile: the group is then theirs
 */
export function restorationOf(
  { before, limits, servers }: GroupStep,
  now: CurrentGroup,
): Restoration | undefined {
  // An undo that was cut off has restored a part of them.
  const isOurs = [limits.min, before.min].includes(now.min) && [limits.max, before.max].includes(now.max);
  if (!isOurs) return undefined;
  const desired = Math.max(now.desired, before.desired);
  const added = now.servers.filter((id) => !servers.includes(id));
  const end = added.slice(0, Math.max(0, desired - before.desired));
  return {
    sizes: now.min === before.min && now.desired >= before.desired ? undefined : { min: before.min, desired },
    end,
    desired: desired - end.length === before.desired ? undefined : before.desired,
    max: now.max === before.max ? undefined : before.max,
  };
}
