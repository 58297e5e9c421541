import { hoursPerMonth, prices } from "../../components/cost/prices";

/** Prices of resources that the account has, in US dollars an hour, from the same table as the price of a stack. */

/** The price a month as a price an hour. */
export function monthly(dollarsPerMonth: number): number {
  return dollarsPerMonth / hoursPerMonth;
}

/** An entry of the table; undefined for a type that it lacks. */
export function priceOf(
  table: Readonly<Record<string, number>>,
  type: string | undefined,
): number | undefined {
  return type === undefined ? undefined : table[type];
}

/** So many units at a price that may be unknown. */
export function times(price: number | undefined, count: number): number | undefined {
  return price === undefined ? undefined : price * count;
}

/** Bytes at a price per GiB and month. */
export function storage(bytes: number, dollarsPerGiBMonth: number): number {
  return monthly((bytes / 2 ** 30) * dollarsPerGiBMonth);
}

export { prices };
