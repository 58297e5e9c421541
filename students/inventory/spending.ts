import { z } from "../../cli/json";
import type { Resource } from "./resource";

const hourMilliseconds = 3_600_000;

const entrySchema = z.object({
  /** Up to the ledger's time, in US dollars. */
  dollars: z.number(),
  /** At the ledger's time, in US dollars an hour. */
  dollarsPerHour: z.number(),
});

/** What an account's resources have cost, as the guard saw it at its last run. */
export const ledgerSchema = z.object({
  /** ISO 8601. */
  at: z.iso.datetime(),
  /** By kind and identifier. Deleted resources keep their cost. */
  entries: z.record(z.string(), entrySchema),
});
export type Ledger = z.output<typeof ledgerSchema>;

/** What an account has cost so far, and costs now. */
export interface Spending {
  /** US dollars since the first resource, or since the last known time of deleted ones. */
  readonly dollars: number;
  readonly dollarsPerHour: number;
  /** Resources without a price or an age: their cost is not in the sums. */
  readonly unknown: readonly Resource[];
}

/**
 * Adds what was seen now to what was seen before. A new resource costs since its start. Where the price changed in
 * between (a server was stopped, a gateway deleted) and AWS does not report when, half of the time counts.
 *
 * @param before the last ledger; undefined: what was deleted before is not known
 */
export function observe(before: Ledger | undefined, resources: readonly Resource[], now: Date): Ledger {
  const then = before === undefined ? undefined : new Date(before.at);
  const entries = new Map(
    Object.entries(before?.entries ?? {}).map(([key, { dollars, dollarsPerHour }]) => [
      key,
      { dollars: dollars + (dollarsPerHour / 2) * hoursBetween(then, now), dollarsPerHour: 0 },
    ]),
  );
  for (const resource of resources) {
    const key = keyOf(resource);
    const earlier = before?.entries[key];
    const { dollarsPerHour = 0 } = resource;
    entries.set(key, { dollars: dollarsOf(resource, earlier, then, now), dollarsPerHour });
  }
  return { at: now.toISOString(), entries: Object.fromEntries(entries) };
}

/** The sums of a ledger, and the resources that it cannot have counted. */
export function spendingOf({ entries }: Ledger, resources: readonly Resource[]): Spending {
  const known = Object.values(entries);
  return {
    dollars: known.reduce((sum, { dollars }) => sum + dollars, 0),
    dollarsPerHour: known.reduce((sum, { dollarsPerHour }) => sum + dollarsPerHour, 0),
    unknown: resources.filter((resource) => resource.dollarsPerHour === undefined),
  };
}

/** What the resources cost so far by their ages alone, without a ledger. */
export function costSoFar(resources: readonly Resource[], now: Date): Spending {
  return spendingOf(observe(undefined, resources, now), resources);
}

function dollarsOf(
  resource: Resource,
  earlier: Ledger["entries"][string] | undefined,
  then: Date | undefined,
  now: Date,
): number {
  const { createdAt, costsSince, dollarsPerHour = 0, spentDollars } = resource;
  if (spentDollars !== undefined) return spentDollars;
  const since = costsSince ?? createdAt;
  if (earlier === undefined) {
    if (since !== undefined) return dollarsPerHour * hoursBetween(since, now);
    return (dollarsPerHour / 2) * hoursBetween(then, now);
  }
  const restarted = costsSince !== undefined && then !== undefined && costsSince > then;
  const meanwhile = restarted
    ? dollarsPerHour * hoursBetween(costsSince, now)
    : ((earlier.dollarsPerHour + dollarsPerHour) / 2) * hoursBetween(then, now);
  return earlier.dollars + meanwhile;
}

function keyOf({ kind, id }: Resource): string {
  return `${kind} ${id}`;
}

function hoursBetween(from: Date | undefined, to: Date): number {
  return from === undefined ? 0 : Math.max(0, to.getTime() - from.getTime()) / hourMilliseconds;
}
