import { z } from "../../cli/json";
import type { Language } from "../language/text";
import { states } from "../rubric/exercise";
import { rubric } from "../rubric/rubric";
import type { ClassState } from "../state/classState";
import { mergeNote, readNote, type Note } from "../state/notes";
import { gradeFacts, type GradeFacts } from "./facts";
import type { StudentGrade } from "./gradeStudent";
import { allUnseen, pointsOf } from "./grading";

const textSchema = z.object({ en: z.string(), ko: z.string() });

const keptSchema = z.object({
  /** When the student was graded. */
  at: z.iso.datetime(),
  accountId: z.string(),
  /** By the exercises' ids. */
  results: z.record(z.string(), z.object({ state: z.enum(states), next: textSchema })),
});

/** The last grading of a student, without its observations. */
export type KeptGrade = z.output<typeof keptSchema>;

const grades: Note<KeptGrade> = {
  name: "grades",
  schema: keptSchema,
  loss: "grade the class again",
};

/** The last grades of the class, by the students' ids. */
export function readGrades(state: Pick<ClassState, "note">): Promise<ReadonlyMap<string, KeptGrade>> {
  return readNote(state, grades);
}

/** Keeps the grades for the whole class. An account that could not be asked keeps its last grade. */
export async function keepGrades(
  state: Pick<ClassState, "note" | "saveNote" | "alone">,
  given: readonly StudentGrade[],
  now: Date,
): Promise<void> {
  const seen = given.flatMap((grade) => {
    const { id, accountId, graded, problem } = grade;
    if (accountId === undefined || problem !== undefined) return [];
    const results = Object.fromEntries(
      graded.map(({ exercise, result: { state: outcome, next } }) => [exercise.id, { state: outcome, next }]),
    );
    return [[id, { at: now.toISOString(), accountId, results }] as const];
  });
  if (seen.length > 0) await mergeNote(state, grades, (kept) => new Map([...kept, ...seen]));
}

/** A kept grade as it was given; exercises that the rubric did not have then are not checked. */
export function factsOfKept(
  { id, name }: { readonly id: string; readonly name: string },
  kept: KeptGrade | undefined,
  language: Language,
): GradeFacts {
  const about = { id, name, credentialsExpireAt: undefined };
  if (kept === undefined) {
    const graded = allUnseen(rubric, notGraded);
    return gradeFacts({ ...about, accountId: undefined, graded, problem: notGraded }, language);
  }
  const facts = gradeFacts(
    { ...about, accountId: kept.accountId, graded: gradedOf(kept), problem: undefined },
    language,
  );
  return { ...facts, gradedAt: kept.at };
}

/** The points of a kept grade. */
export function pointsOfKept(kept: KeptGrade): ReturnType<typeof pointsOf> {
  return pointsOf(gradedOf(kept));
}

function gradedOf({ results }: KeptGrade) {
  return rubric.map((exercise) => {
    const { state, next } = results[exercise.id] ?? { state: "not checked" as const, next: notGraded.next };
    return { exercise, result: { state, next, evidence: [] } };
  });
}

const notGraded = {
  reason: { en: "not graded yet", ko: "아직 채점하지 않음" },
  next: { en: "Run grade for this student.", ko: "이 학생을 채점합니다(grade)." },
};
