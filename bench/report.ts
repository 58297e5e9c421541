import type { Measurement } from "./measure";
import { median, medianRatio } from "./statistics";

/** A required ratio: the time of `of` divided by the time of `to`. */
export type Goal = { readonly of: string; readonly to: string } & (
  { readonly atMost: number } | { readonly atLeast: number }
);

/** The measured ratio, and whether it reaches the goal. */
export function verdict(
  goal: Goal,
  measurements: readonly Measurement[],
): { readonly ratio: number; readonly reached: boolean } {
  const secondsOf = (wanted: string) => measurements.find(({ name }) => name === wanted)?.seconds ?? [];
  const ratio = medianRatio(secondsOf(goal.of), secondsOf(goal.to));
  return { ratio, reached: "atMost" in goal ? ratio <= goal.atMost : ratio >= goal.atLeast };
}

export function describeGoal(goal: Goal): string {
  const bound =
    "atMost" in goal ? `at most ${goal.atMost.toString()}` : `at least ${goal.atLeast.toString()}`;
  return `${goal.of} / ${goal.to}: ${bound}`;
}

/** One line per command: median, minimum and maximum seconds, and the median divided by the first command's. */
export function renderMeasurements(measurements: readonly Measurement[]): string {
  const first = median(measurements[0]?.seconds ?? []);
  const width = Math.max(...measurements.map(({ name }) => name.length));
  const number = (value: number) => value.toFixed(2).padStart(8);
  return [
    `${"".padEnd(width)}${["median s", "min s", "max s", "x first"].map((title) => title.padStart(9)).join("")}`,
    ...measurements.map(({ name, seconds }) => {
      const middle = median(seconds);
      const figures = [middle, Math.min(...seconds), Math.max(...seconds), middle / first];
      return `${name.padEnd(width)} ${figures.map(number).join(" ")}`;
    }),
  ].join("\n");
}
