import { loadBalancerCounters, loadBalancerRow, targetGroupCounters } from "./counters";

/** Counters by the row of the stick table. */
export type Counts = ReadonlyMap<number, readonly number[]>;

export function loadBalancerCount(counts: Counts, name: (typeof loadBalancerCounters)[number]): number {
  return counts.get(loadBalancerRow)?.[loadBalancerCounters.indexOf(name)] ?? 0;
}

/** @param index of the target group in the configuration */
export function targetGroupCount(
  counts: Counts,
  index: number,
  name: (typeof targetGroupCounters)[number],
): number {
  return counts.get(loadBalancerRow + 1 + index)?.[targetGroupCounters.indexOf(name)] ?? 0;
}

/** What was counted after `before`. */
export function countsSince(now: Counts, before: Counts): Counts {
  return new Map(
    [...now].map(([row, values]) => [
      row,
      values.map((value, index) => value - (before.get(row)?.[index] ?? 0)),
    ]),
  );
}

/** Sums of HAProxy's counters, which begin at zero with each of its workers. */
export class Totals {
  private last: Counts = new Map();
  private sums: Counts = new Map();

  get counts(): Counts {
    return this.sums;
  }

  add(counters: Counts): void {
    const sums = new Map(this.sums);
    for (const [row, values] of counters) {
      const before = this.last.get(row) ?? [];
      const restarted = values.some((value, index) => value < (before[index] ?? 0));
      sums.set(
        row,
        values.map(
          (value, index) => (sums.get(row)?.[index] ?? 0) + value - (restarted ? 0 : (before[index] ?? 0)),
        ),
      );
    }
    this.sums = sums;
    this.last = counters;
  }

  /** A new worker counts from zero. */
  restart(): void {
    this.last = new Map();
  }
}
