import type { ClassMeasurement } from "./class";
import { median } from "./statistics";

/** A required time of one student, divided by the time of an empty program's preview in the same run, on two cores. */
export interface StudentGoal {
  readonly of: string;
  readonly atMost: number;
}

/** Stacks a minute. */
export function perMinute({ students, seconds }: Pick<ClassMeasurement, "students" | "seconds">): number {
  return (students * 60) / seconds;
}

/**
 * The measured ratio, and whether it reaches the goal.
 *
 * @param emptySeconds the times of the empty program's previews
 */
export function studentVerdict(
  { of, atMost }: StudentGoal,
  measurements: readonly Pick<ClassMeasurement, "name" | "students" | "seconds">[],
  emptySeconds: readonly number[],
): { readonly ratio: number; readonly reached: boolean } {
  const measured = measurements.find(({ name }) => name === of);
  const seconds = measured === undefined ? NaN : measured.seconds / measured.students;
  const ratio = seconds / median(emptySeconds);
  return { ratio, reached: ratio <= atMost };
}

/** The seconds that a command takes for a hundred students, and whether these are few enough. */
export function hundredVerdict(
  { of, atMostSeconds }: { readonly of: string; readonly atMostSeconds: number },
  measurements: readonly Pick<ClassMeasurement, "name" | "students" | "seconds">[],
): { readonly seconds: number; readonly reached: boolean } {
  const measured = measurements.find(({ name }) => name === of);
  const seconds = measured === undefined ? NaN : (measured.seconds * 100) / measured.students;
  return { seconds, reached: seconds <= atMostSeconds };
}

/** Whether the class's processes, with the emulator, stayed within a memory, however many students there are. */
export function memoryVerdict(
  atMostMegabytes: number,
  measurements: readonly Pick<ClassMeasurement, "peakMegabytes">[],
): { readonly megabytes: number; readonly reached: boolean } {
  const megabytes = Math.max(...measurements.map(({ peakMegabytes }) => peakMegabytes));
  return { megabytes, reached: megabytes <= atMostMegabytes };
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
