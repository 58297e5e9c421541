import type { Resource } from "../inventory/resource";
import type { Spending } from "../inventory/spending";

/** What a student may use, by the roster. */
export interface Limits {
  /** US dollars in all; undefined: no limit. */
  readonly budgetDollars: number | undefined;
  /** ISO 8601; undefined: no limit. */
  readonly endsAt: string | undefined;
}

/**
 * How near a student's account is to its limits.
 *
 * - `ok`: below half of the budget, and more than a day before the end
 * - `half`: 50 % of the budget is used
 * - `near`: 80 % is used, or the end is at most a day away
 * - `over`: the budget is used, or the end has passed, and something still runs
 * - `paused`: the same, but nothing runs that a pause would stop
 */
export type Level = "ok" | "half" | "near" | "over" | "paused";

/** What share of a budget is each warning. */
export const warnings = { half: 0.5, near: 0.8 } as const;

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** An account's use of its limits. */
export interface Use {
  readonly level: Level;
  /** The used share of the budget; undefined without a budget. */
  readonly share: number | undefined;
  /** Days until the budget is used at the present price; undefined without a budget, or when nothing costs. */
  readonly daysLeft: number | undefined;
}

export function useOf(
  { dollars, dollarsPerHour }: Pick<Spending, "dollars" | "dollarsPerHour">,
  { budgetDollars, endsAt }: Limits,
  running: readonly Resource[],
  now: Date,
): Use {
  const share = budgetDollars === undefined ? undefined : dollars / budgetDollars;
  const left = endsAt === undefined ? Infinity : Date.parse(endsAt) - now.getTime();
  return {
    level: levelOf(share ?? 0, left, running.length > 0),
    share,
    daysLeft:
      budgetDollars === undefined || dollarsPerHour === 0
        ? undefined
        : Math.max(0, budgetDollars - dollars) / dollarsPerHour / 24,
  };
}

function levelOf(share: number, millisecondsLeft: number, isRunning: boolean): Level {
  if (share >= 1 || millisecondsLeft <= 0) return isRunning ? "over" : "paused";
  if (share >= warnings.near || millisecondsLeft <= dayMilliseconds) return "near";
  return share >= warnings.half ? "half" : "ok";
}

/**
 * The exit statuses of a guard without failures: 0 for no new warning, 3 for a warning that no guard has reported before, 4
 * when an account is over a limit and still runs.
 */
export function statusOf(levels: readonly { readonly level: Level; readonly isNew: boolean }[]): 0 | 3 | 4 {
  if (levels.some(({ level }) => level === "over")) return 4;
  return levels.some(({ level, isNew }) => level !== "ok" && isNew) ? 3 : 0;
}
