import type { Cost } from "../../components/cost/cost";
import { hoursPerMonth } from "../../components/cost/prices";
import type { StackPrice } from "../../policies/report/price";

/** The price before a change. */
export interface PriceBefore {
  /** What it is the price of, e.g. `HEAD` or `deployed`. */
  readonly of: string;
  readonly dollarsPerMonth: number;
  /** The cost by part, if it is known. */
  readonly cost?: Cost;
}

/** The price of the settings, and its difference from the one before. */
export function priceOf(now: Cost, before: PriceBefore | undefined): StackPrice {
  return {
    dollarsPerMonth: cents(now.dollarsPerMonth),
    before:
      before === undefined ? undefined : { of: before.of, dollarsPerMonth: cents(before.dollarsPerMonth) },
    differences: before?.cost === undefined ? [] : differences(before.cost, now),
    unpriced: now.unpriced,
    pricesAsOf: now.pricesAsOf,
  };
}

/** Parts have names with sizes (`2 x t3.small`), so another size is one part less and one more. */
function differences(before: Cost, now: Cost): StackPrice["differences"] {
  const names = new Set([...before.parts, ...now.parts].map(({ name }) => name));
  return [...names]
    .map((part) => ({ part, dollarsPerMonth: cents(monthly(now, part) - monthly(before, part)) }))
    .filter(({ dollarsPerMonth }) => dollarsPerMonth !== 0)
    .toSorted((one, other) => Math.abs(other.dollarsPerMonth) - Math.abs(one.dollarsPerMonth));
}

function monthly({ parts }: Cost, part: string): number {
  const perHour = parts
    .filter(({ name }) => name === part)
    .reduce((sum, each) => sum + (each.dollarsPerHour ?? 0), 0);
  return perHour * hoursPerMonth;
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
