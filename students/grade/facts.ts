import type { Language } from "../language/text";
import type { State } from "../rubric/exercise";
import type { StudentGrade } from "./gradeStudent";
import { pointsOf } from "./grading";

/** A student's grade as `--json` prints it, in one language. */
export interface GradeFacts {
  readonly id: string;
  readonly name: string;
  readonly accountId?: string;
  /** ISO 8601. */
  readonly credentialsExpireAt?: string;
  /** ISO 8601; only of a kept grade. */
  readonly gradedAt?: string;
  readonly points: number;
  readonly possible: number;
  /** The points of exercises that were not checked. */
  readonly notChecked: number;
  readonly reason?: string;
  readonly remedy?: string;
  readonly exercises: readonly ExerciseFacts[];
}

interface ExerciseFacts {
  readonly id: string;
  readonly row: number;
  readonly title: string;
  readonly state: State;
  /** Missing when it was not checked. */
  readonly points?: number;
  readonly possible: number;
  readonly evidence: readonly { readonly at: string; readonly text: string }[];
  readonly next?: string;
}

export function gradeFacts(grade: StudentGrade, language: Language): GradeFacts {
  const { id, name, accountId, credentialsExpireAt, graded, problem } = grade;
  return {
    id,
    name,
    ...(accountId === undefined ? {} : { accountId }),
    ...(credentialsExpireAt === undefined ? {} : { credentialsExpireAt: credentialsExpireAt.toISOString() }),
    ...pointsOf(graded),
    ...(problem === undefined ? {} : { reason: problem.reason[language], remedy: problem.next[language] }),
    exercises: graded.map(({ exercise, result }) => ({
      id: exercise.id,
      row: exercise.row,
      title: exercise.title[language],
      state: result.state,
      ...(result.state === "not checked" ? {} : { points: result.state === "passed" ? exercise.points : 0 }),
      possible: exercise.points,
      evidence: result.evidence.map(({ at, text }) => ({ at: at.toISOString(), text: text[language] })),
      ...(result.state === "passed" ? {} : { next: result.next[language] }),
    })),
  };
}
