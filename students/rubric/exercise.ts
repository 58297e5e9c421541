import type { StudentAccount } from "../account/account";
import type { Text } from "../language/text";

/** One exercise of the course. */
export interface Exercise {
  /** Unique, in lower case with `-`: `two-zones`. */
  readonly id: string;
  /** The row of the course that it comes from, e.g. `2`. */
  readonly row: number;
  readonly title: Text;
  /** What a passed check shows about the student's system, in one sentence. */
  readonly proves: Text;
  /** A whole number from 1. */
  readonly points: number;
  /** How to do it: this program's command or setting, and the place in the console. */
  readonly how: Text;
  /** Whether the check changes something (load, a terminated server): it then needs {@link Acting}. */
  readonly act: boolean;
  /**
   * Looks at the account through AWS's public API and the internet.
   *
   * An answer that AWS did not give is an error: the grader reports "not checked" with its reason. So a check catches
   * only errors that are answers, such as `NoSuchEntity`.
   *
   * @param acting undefined without `--act`. A check with `act` then changes nothing: it answers from what it sees, or
   * {@link needsAct}.
   */
  readonly check: (account: StudentAccount, acting: Acting | undefined) => Promise<CheckResult>;
}

/** What an active check gets. */
export interface Acting {
  /** Aborted when the user stops the command or the check's time is over: undo, then end. */
  readonly stop: AbortSignal;
  /** The folder of the undo records of this student. */
  readonly folder: string;
  /** Shows what the check does now. */
  readonly step: (text: Text) => void;
  /** Multiplies the longest times that the check waits, which are AWS's. Default: 1. */
  readonly patience?: number;
}

/** `not checked`: what the exercise asks for could not be seen. It has no points, and counts as no failure either. */
export const states = ["passed", "failed", "not checked"] as const;
export type State = (typeof states)[number];

/** An observation. */
export interface Evidence {
  readonly at: Date;
  readonly text: Text;
}

export interface CheckResult {
  readonly state: State;
  /** What was seen, and when. */
  readonly evidence: readonly Evidence[];
  /** What to do next, in one sentence; empty when it passed. */
  readonly next: Text;
}

/** An observation of this moment. */
export function seen(en: string, ko: string): Evidence {
  return { at: new Date(), text: { en, ko } };
}

export function passed(...evidence: readonly Evidence[]): CheckResult {
  return { state: "passed", evidence, next: { en: "", ko: "" } };
}

export function failed(next: Text, ...evidence: readonly Evidence[]): CheckResult {
  return { state: "failed", evidence, next };
}

export function notChecked(next: Text, ...evidence: readonly Evidence[]): CheckResult {
  return { state: "not checked", evidence, next };
}

/** The result of an active check without `--act`. */
export function needsAct(): CheckResult {
  return notChecked(
    {
      en: "Add --act: this check changes the student's system for a while, and undoes it.",
      ko: "--act를 추가합니다. 이 검사는 학생의 시스템을 잠시 바꾼 뒤 되돌립니다.",
    },
    seen("not tried without --act", "--act 없이 실행하여 시도하지 않음"),
  );
}
