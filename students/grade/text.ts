import { clipToWidth, outputColumns, padToWidth, wrap } from "../../cli/width";
import type { Language, Text } from "../language/text";
import type { State } from "../rubric/exercise";
import type { GradeFacts } from "./facts";

/** Twelve Latin or six Korean letters. */
const nameColumns = 12;
const idColumns = 20;

/** The words around the grades. */
const words = {
  points: { en: "points", ko: "점" },
  passed: { en: "passed", ko: "통과" },
  failed: { en: "failed", ko: "실패" },
  "not checked": { en: "not checked", ko: "미확인" },
  next: { en: "next", ko: "다음" },
} as const satisfies Readonly<Record<string, Text>>;

/** `42 of 60 points, 4 not checked` */
export function pointsText(
  { points, possible, notChecked }: Pick<GradeFacts, "points" | "possible" | "notChecked">,
  language: Language,
): string {
  const unseen = notChecked === 0 ? "" : `, ${notChecked} ${words["not checked"][language]}`;
  return language === "ko"
    ? `${possible}점 중 ${points}점${notChecked === 0 ? "" : `, ${words["not checked"].ko} ${notChecked}점`}`
    : `${points} of ${possible} ${words.points.en}${unseen}`;
}

/**
 * A line for each student; below it each failed exercise with its next step, and how many were not checked for each
 * reason.
 */
export function classText(grades: readonly GradeFacts[], language: Language): string {
  return grades.flatMap((grade) => studentLines(grade, language)).join("\n");
}

function studentLines(grade: GradeFacts, language: Language): readonly string[] {
  const { id, name, reason, remedy, exercises } = grade;
  const who = `${id.padEnd(idColumns)} ${padToWidth(clipToWidth(name, nameColumns), nameColumns)}`;
  const line = `${who} ${pointsText(grade, language)}${gradedText(grade, language)}`.trimEnd();
  if (reason !== undefined) return [line, ...indented([`${reason}. ${remedy ?? ""}`], 2)];
  const open = (state: State) => exercises.filter((each) => each.state === state);
  return [
    line,
    ...open("failed").flatMap((each) => [
      exerciseLine("failed", each.title, each.possible, language),
      ...nextLines(each, language),
    ]),
    ...uncheckedLines(open("not checked"), language),
  ];
}

function gradedText({ gradedAt }: GradeFacts, language: Language): string {
  if (gradedAt === undefined) return "";
  const time = `${gradedAt.slice(5, 16).replace("T", " ")} UTC`;
  return language === "ko" ? `, ${time} 채점` : `, graded ${time}`;
}

/** Exercises with the same next step in one line: without `--act` all those that need it. */
function uncheckedLines(unchecked: GradeFacts["exercises"], language: Language): readonly string[] {
  const byNext = new Map<string, GradeFacts["exercises"]>();
  for (const each of unchecked) {
    const { next = "" } = each;
    byNext.set(next, [...(byNext.get(next) ?? []), each]);
  }
  return [...byNext.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const points = group.reduce((sum, { possible }) => sum + possible, 0);
    const title = group.length === 1 ? first.title : countText(group.length, language);
    return [exerciseLine("not checked", title, points, language), ...nextLines(first, language)];
  });
}

function countText(exercises: number, language: Language): string {
  return { en: `${exercises} exercises`, ko: `과제 ${exercises}개` }[language];
}

function nextLines({ next }: { readonly next?: string | undefined }, language: Language): readonly string[] {
  return next === undefined ? [] : indented([`${words.next[language]}: ${next}`], 4);
}

const stateColumns = 12;
const titleColumns = 48;

function exerciseLine(state: State, title: string, possible: number, language: Language): string {
  const shown = padToWidth(clipToWidth(title, titleColumns), titleColumns);
  return `  ${padToWidth(words[state][language], stateColumns)} ${shown} ${String(possible).padStart(2)}`;
}

/** One student's grade with the evidence and the next step of each exercise. */
export function studentText(grade: GradeFacts, language: Language): string {
  const lines = grade.exercises.flatMap(({ title, state, possible, evidence, next }) => [
    exerciseLine(state, title, possible, language),
    ...indented(
      evidence.map(({ at, text }) => `${clock(at)} ${text}`),
      4,
    ),
    ...nextLines({ next }, language),
  ]);
  const problem = grade.reason === undefined ? [] : [`${grade.reason}. ${grade.remedy ?? ""}`];
  return [...lines, "", ...problem, pointsText(grade, language)].join("\n");
}

function indented(texts: readonly string[], columns: number): readonly string[] {
  return texts.flatMap((text) => wrap(text, outputColumns - columns).map((row) => " ".repeat(columns) + row));
}

/** `09:00:31` in the local time of this machine. */
function clock(iso: string): string {
  return new Date(iso).toTimeString().slice(0, 8);
}
