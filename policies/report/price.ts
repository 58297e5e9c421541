/** A stack's price by its settings, in US dollars a month without traffic, and the difference that a change makes. */
export interface StackPrice {
  readonly dollarsPerMonth: number;
  /** The price before the change; undefined when there is nothing to compare with. */
  readonly before: { readonly of: string; readonly dollarsPerMonth: number } | undefined;
  /** The parts of the bill that differ, the largest difference first. */
  readonly differences: readonly { readonly part: string; readonly dollarsPerMonth: number }[];
  /** Parts that the price table does not have; the prices exclude them. */
  readonly unpriced: readonly string[];
  /** Date of the price table, `YYYY-MM-DD`. */
  readonly pricesAsOf: string;
}

/** The price in a cell of the table, with the difference that the change makes. */
export function priceCell(price: StackPrice | undefined): string {
  if (price === undefined) return "";
  const { dollarsPerMonth, before } = price;
  const difference = before === undefined ? 0 : dollarsPerMonth - before.dollarsPerMonth;
  return isNothing(difference)
    ? dollars(dollarsPerMonth)
    : `${dollars(dollarsPerMonth)} (${signed(difference)})`;
}

/** What the difference consists of, and what the price leaves out; nothing without either. */
export function priceLines(stack: string, price: StackPrice | undefined): readonly string[] {
  if (price === undefined) return [];
  const { dollarsPerMonth, before, differences, unpriced, pricesAsOf } = price;
  const lines: string[] = [];
  if (before !== undefined && !isNothing(dollarsPerMonth - before.dollarsPerMonth)) {
    const parts = differences.map((each) => `${each.part} ${signed(each.dollarsPerMonth)}`);
    const why = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
    const from = `${dollars(before.dollarsPerMonth)} (${before.of})`;
    lines.push(`${stack}: ${from} to ${dollars(dollarsPerMonth)}${why}`);
  }
  if (unpriced.length > 0) {
    lines.push(
      `${stack}: without ${unpriced.join(", ")}, which the price table of ${pricesAsOf} does not have`,
    );
  }
  return lines;
}

/** Less than half a cent. */
function isNothing(difference: number): boolean {
  return Math.abs(difference) < 0.005;
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

function signed(amount: number): string {
  return `${amount < 0 ? "-" : "+"}${dollars(Math.abs(amount))}`;
}
