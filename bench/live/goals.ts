/** A figure of a live stack with its goal on a quiet machine with two cores. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "s" | "MiB" | "servers" | "x";
  readonly goal: { readonly atMost: number } | { readonly atLeast: number };
}

export function isReached({ value, goal }: Figure): boolean {
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** One line: the name, the value, the goal, and whether it is reached. */
export function lineOf(figure: Figure): string {
  const { name, value, unit, goal } = figure;
  const limit = "atMost" in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
  const verdict = isReached(figure) ? "reached" : "MISSED";
  return `${name.padEnd(58)} ${format(value, unit).padStart(10)}   goal: ${limit} ${unit}, ${verdict}`;
}

function format(value: number, unit: Figure["unit"]): string {
  return `${value.toFixed(unit === "x" ? 2 : unit === "s" ? 1 : 0)} ${unit}`;
}
