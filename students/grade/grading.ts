import type { StudentAccount } from "../account/account";
import { reasonOf, type Reason } from "../account/reasons";
import { withinSeconds } from "../account/timeLimit";
import { notChecked, type Acting, type CheckResult, type Exercise } from "../rubric/exercise";

/** How long a check that only reads may take; a question of it ends before. */
export const checkSeconds = 60;
/**
 * How long a check that changes something may take, before it is stopped and undoes its change. On AWS, a group with
 * metrics of 5 minutes takes 20 minutes to grow and 20 to shrink.
 */
export const actSeconds = 60 * 60;

/** An exercise with the result of its check. */
export interface GradedExercise {
  readonly exercise: Exercise;
  readonly result: CheckResult;
}

/** What the checks with `--act` get; undefined without it. */
export type ActingParts = Omit<Acting, "stop"> | undefined;

/**
 * Checks every exercise in the account. It does not throw: what could not be seen is "not checked" with its reason.
 *
 * Checks that only read run at the same time and share their questions. Then those with `act` run, one after the other,
 * each with an account that asks again.
 */
export async function gradeAccount(
  account: StudentAccount,
  exercises: readonly Exercise[],
  acting: ActingParts,
  stop: AbortSignal,
): Promise<readonly GradedExercise[]> {
  const reading = exercises.filter(({ act }) => !act || acting === undefined);
  const results = new Map<string, CheckResult>();
  await Promise.all(
    reading.map(async (exercise) => {
      results.set(
        exercise.id,
        await resultOf(() => withinSeconds(checkSeconds, () => exercise.check(account, undefined), stop)),
      );
    }),
  );
  for (const exercise of exercises.filter(({ id }) => !results.has(id))) {
    results.set(exercise.id, await resultOf(() => act(account, exercise, acting, stop)));
  }
  return exercises.flatMap((exercise) => {
    const result = results.get(exercise.id);
    return result === undefined ? [] : [{ exercise, result }];
  });
}

/** A stopped check has the time to undo: this waits for its end. */
async function act(
  account: StudentAccount,
  exercise: Exercise,
  acting: ActingParts,
  stop: AbortSignal,
): Promise<CheckResult> {
  stop.throwIfAborted();
  const fresh = account.fresh();
  try {
    const either = AbortSignal.any([stop, AbortSignal.timeout(actSeconds * 1_000)]);
    return await exercise.check(fresh, acting === undefined ? undefined : { ...acting, stop: either });
  } finally {
    await fresh.close();
  }
}

async function resultOf(check: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    return unseen(reasonOf(error));
  }
}

/** Every exercise as "not checked", for an account that could not be opened. */
export function allUnseen(exercises: readonly Exercise[], reason: Reason): readonly GradedExercise[] {
  return exercises.map((exercise) => ({ exercise, result: unseen(reason) }));
}

function unseen({ reason, next }: Reason): CheckResult {
  return notChecked(next, { at: new Date(), text: reason });
}

/** The sum of points. */
export interface Points {
  readonly points: number;
  /** The points of all exercises. */
  readonly possible: number;
  /** The points of the exercises that were not checked. */
  readonly notChecked: number;
}

export function pointsOf(graded: readonly GradedExercise[]): Points {
  const sum = (state?: CheckResult["state"]) =>
    graded
      .filter(({ result }) => state === undefined || result.state === state)
      .reduce((total, { exercise }) => total + exercise.points, 0);
  return { points: sum("passed"), possible: sum(), notChecked: sum("not checked") };
}
