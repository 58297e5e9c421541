import type { ClassMeasurement } from "./class";

/** A required number of stacks a minute, for an idle machine with two cores. */
export interface RateGoal {
  readonly of: string;
  readonly atLeastPerMinute: number;
}

/** Stacks a minute. */
export function perMinute({ students, seconds }: Pick<ClassMeasurement, "students" | "seconds">): number {
  return (students * 60) / seconds;
}

/** The measured rate, and whether it reaches the goal. */
export function rateVerdict(
  { of, atLeastPerMinute }: RateGoal,
  measurements: readonly Pick<ClassMeasurement, "name" | "students" | "seconds">[],
): { readonly rate: number; readonly reached: boolean } {
  const measured = measurements.find(({ name }) => name === of);
  const rate = measured === undefined ? NaN : perMinute(measured);
  return { rate, reached: rate >= atLeastPerMinute };
}

/** One line per command: stacks a minute, CPU time per stack, peak memory. */
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
