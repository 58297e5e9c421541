import type { ClassMeasurement } from "./class";

/** So many stacks a minute must be reached; only a machine with two cores to itself can tell. */
export interface RateGoal {
  readonly of: string;
  readonly atLeastPerMinute: number;
}

/** Stacks a minute. */
export function perMinute({ students, seconds }: Pick<ClassMeasurement, "students" | "seconds">): number {
  return (students * 60) / seconds;
}

/** The rate as measured, and whether the goal is reached. */
export function rateVerdict(
  { of, atLeastPerMinute }: RateGoal,
  measurements: readonly Pick<ClassMeasurement, "name" | "students" | "seconds">[],
): { readonly rate: number; readonly reached: boolean } {
  const measured = measurements.find(({ name }) => name === of);
  const rate = measured === undefined ? NaN : perMinute(measured);
  return { rate, reached: rate >= atLeastPerMinute };
}

/** A line a command: how many a minute, CPU time of each stack, and memory at its peak. */
export function renderClass(measurements: readonly ClassMeasurement[]): string {
  const width = Math.max(...measurements.map(({ name }) => name.length));
  const titles = ["students", "seconds", "a minute", "CPU s each", "peak MB", "worker", "emulator", "at end"];
  return [
    `${"".padEnd(width)}${titles.map((title) => title.padStart(11)).join("")}`,
    ...measurements.map((measured) => {
      const { name, students, seconds, cpuSeconds, peakMegabytes, peakMegabytesOfOne, megabytesAtEnd } =
        measured;
      const figures = [
        students.toFixed(0),
        seconds.toFixed(1),
        perMinute(measured).toFixed(1),
        (cpuSeconds / students).toFixed(2),
        peakMegabytes.toFixed(0),
        (peakMegabytesOfOne.get("worker") ?? 0).toFixed(0),
        (peakMegabytesOfOne.get("emulator") ?? 0).toFixed(0),
        megabytesAtEnd.toFixed(0),
      ];
      return `${name.padEnd(width)}${figures.map((figure) => figure.padStart(11)).join("")}`;
    }),
  ].join("\n");
}
