import { clipToWidth, outputColumns, padToWidth, wrap } from "../../cli/width";
import type { GradedExercise } from "../grade/grading";
import { pointsOf } from "../grade/grading";
import { pointsText } from "../grade/text";
import type { Language, Text } from "../language/text";

/** An exercise with the time of an earlier `--act` that it passed, if it was not checked now. */
export interface CourseStep extends GradedExercise {
  readonly provedAt: Date | undefined;
}

export interface CourseOptions {
  readonly language: Language;
  /** The command that checks what needs an act. */
  readonly actCommand: string;
  /** The command that shows the course again. */
  readonly courseCommand: string;
}

const titleColumns = 60;
const labelColumns = 12;

const words = {
  course: { en: "The course", ko: "과정" },
  row: { en: "row", ko: "단계" },
  points: { en: "points", ko: "점" },
  proves: { en: "Shows", ko: "확인" },
  how: { en: "How", ko: "방법" },
  seen: { en: "Seen", ko: "현재 상태" },
  fix: { en: "Do now", ko: "할 일" },
  act: { en: "Check it", ko: "검사" },
  then: { en: "Then", ko: "그다음" },
  next: { en: "Next", ko: "다음" },
  done: { en: "All exercises are done.", ko: "모든 과제를 완료했습니다." },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * The exercises in the order of the course with what is done, then the next step. ASCII marks: terminals with Korean
 * fonts differ in the width of others.
 */
export function courseText(steps: readonly CourseStep[], options: CourseOptions): string {
  const { language } = options;
  const done = steps.filter(isDone).length;
  const next = nextStep(steps);
  return [
    `${words.course[language]}: ${done}/${steps.length}, ${pointsText(coursePoints(steps), language)}`,
    "",
    ...steps.map((step) => stepLine(step, step === next, language)),
    "",
    ...(next === undefined ? [words.done[language]] : nextLines(next, options)),
  ].join("\n");
}

/** Passed now, or in an earlier check with `--act`. */
export function isDone({ result, provedAt }: CourseStep): boolean {
  return result.state === "passed" || (result.state === "not checked" && provedAt !== undefined);
}

/**
 * What to do next: the first exercise that failed. When none fails, the first that was not checked: those with an act
 * show something only when the system is complete.
 */
export function nextStep(steps: readonly CourseStep[]): CourseStep | undefined {
  return steps.find(({ result }) => result.state === "failed") ?? steps.find((step) => !isDone(step));
}

/** A proved exercise has its points in the course. */
export function coursePoints(steps: readonly CourseStep[]) {
  const counted = steps.map((step) =>
    isDone(step) ? { ...step, result: { ...step.result, state: "passed" as const } } : step,
  );
  return pointsOf(counted);
}

function stepLine(step: CourseStep, isNext: boolean, language: Language): string {
  const { exercise } = step;
  const arrow = isNext ? ">" : " ";
  const title = padToWidth(clipToWidth(exercise.title[language], titleColumns), titleColumns);
  return `${arrow} ${markOf(step)} ${String(exercise.row).padStart(2)}  ${title} ${String(exercise.points).padStart(3)}`;
}

/** Done, not done, or not seen. */
function markOf(step: CourseStep): string {
  if (isDone(step)) return "[x]";
  return step.result.state === "failed" ? "[ ]" : "[?]";
}

function nextLines({ exercise, result }: CourseStep, options: CourseOptions): readonly string[] {
  const { language, actCommand, courseCommand } = options;
  const { title, row, points, proves, how, act } = exercise;
  const seen = result.evidence.map(({ text }) => text[language]);
  return [
    ...wrap(
      `${words.next[language]}: ${title[language]} (${rowText(row, language)}, ${pointText(points, language)})`,
      outputColumns,
    ),
    ...labelled(words.proves[language], [proves[language]]),
    ...labelled(words.how[language], [how[language]]),
    ...labelled(words.seen[language], seen),
    ...labelled(words.fix[language], [result.next[language]]),
    ...(act && result.state === "not checked" ? labelled(words.act[language], [actCommand]) : []),
    ...labelled(words.then[language], [courseCommand]),
  ];
}

function rowText(row: number, language: Language): string {
  return language === "ko" ? `${row}${words.row.ko}` : `${words.row.en} ${row}`;
}

function pointText(points: number, language: Language): string {
  return language === "ko" ? `${points}${words.points.ko}` : `${points} ${words.points.en}`;
}

/** A label, and the texts in a column beside it. */
function labelled(label: string, texts: readonly string[]): readonly string[] {
  const rows = texts
    .filter((text) => text !== "")
    .flatMap((text) => wrap(text, outputColumns - labelColumns - 2));
  return rows.map((row, index) => `  ${padToWidth(index === 0 ? label : "", labelColumns)}${row}`);
}
