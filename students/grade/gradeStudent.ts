import type { OpenedAccount } from "../account/open";
import { reasonOf, type Reason } from "../account/reasons";
import { undoInterrupted } from "../acts/undo/undoing";
import type { Text } from "../language/text";
import type { Exercise } from "../rubric/exercise";
import { allUnseen, gradeAccount, type ActingParts, type GradedExercise } from "./grading";

/** One student's grade. */
export interface StudentGrade {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | undefined;
  readonly credentialsExpireAt: Date | undefined;
  readonly graded: readonly GradedExercise[];
  /** Why the account could not be asked. */
  readonly problem: Reason | undefined;
}

export interface GradingOptions {
  readonly exercises: readonly Exercise[];
  readonly acting: ActingParts;
  /** The folder of the student's undo records, also without `--act`. */
  readonly undoFolder: string;
  /** Reports what was undone that an interrupted grading had changed. */
  readonly undone: (text: Text) => void;
  readonly stop: AbortSignal;
}

/** Opens a student's account and grades it. It does not throw: a problem affects only this student. */
export async function gradeStudent(
  { id, name }: { readonly id: string; readonly name: string },
  open: () => Promise<OpenedAccount>,
  { exercises, acting, undoFolder, undone, stop }: GradingOptions,
): Promise<StudentGrade> {
  let opened: OpenedAccount;
  try {
    opened = await open();
  } catch (error) {
    const problem = reasonOf(error);
    const graded = allUnseen(exercises, problem);
    return { id, name, accountId: undefined, credentialsExpireAt: undefined, graded, problem };
  }
  const { account, expiresAt } = opened;
  const about = { id, name, accountId: account.accountId, credentialsExpireAt: expiresAt };
  try {
    // A killed grading may have left the account changed: a paused group, for example.
    for (const text of await undoInterrupted(account, undoFolder)) undone(text);
    const graded = await gradeAccount(account, exercises, acting, stop);
    return { ...about, graded, problem: undefined };
  } catch (error) {
    const problem = reasonOf(error);
    return { ...about, graded: allUnseen(exercises, problem), problem };
  } finally {
    await account.close();
  }
}

/** The grade of a student whose turn did not come before the user stopped the command. */
export function unstarted(
  { id, name }: { readonly id: string; readonly name: string },
  exercises: readonly Exercise[],
): StudentGrade {
  const problem: Reason = {
    reason: { en: "the command was stopped before", ko: "그 전에 명령이 중지됨" },
    next: { en: "Grade this student again.", ko: "이 학생을 다시 채점합니다." },
  };
  const graded = allUnseen(exercises, problem);
  return { id, name, accountId: undefined, credentialsExpireAt: undefined, graded, problem };
}
