import type { ClassRun } from "../classRun";
import type { StudentRecord } from "../record";
import type { StudentStack } from "../settings/studentSettings";

/** The state of a stack, by the files of its last run. */
export type StackState = "not up" | "up" | "paused" | "interrupted, or still running" | `${string} failed`;

/** What the files of a student's last run have. */
export interface Recorded {
  readonly state: StackState;
  readonly resources: number;
  readonly siteUrl: string | undefined;
  /** Why the last run failed. */
  readonly error: string | undefined;
}

/** Reads the state and the record of the student's last run. It asks no account. */
export async function recordedState(
  { student }: Pick<StudentStack, "student">,
  { state }: Pick<ClassRun, "state">,
): Promise<Recorded> {
  const checkpoint = await state.checkpoint(student.id);
  const record = await state.record(student.id);
  const resources = checkpoint?.resources.length ?? 0;
  const siteUrl = checkpoint?.outputs["siteUrl"];
  return {
    state: stateOf(resources, record, (checkpoint?.interrupted.length ?? 0) > 0),
    resources,
    siteUrl: typeof siteUrl === "string" ? siteUrl : undefined,
    error: record?.error,
  };
}

/** The stack's state in one or two words. */
export function stateOf(
  resources: number,
  record: StudentRecord | undefined,
  interrupted: boolean,
): StackState {
  if (interrupted || (record !== undefined && record.endedAt === undefined)) {
    return "interrupted, or still running";
  }
  if (record?.error !== undefined) return `${record.operation} failed`;
  if (resources === 0) return "not up";
  return record?.pausedAt === undefined ? "up" : "paused";
}

/** Whether the last run failed or did not end. */
export function isFailure(state: StackState): boolean {
  return state !== "not up" && state !== "up" && state !== "paused";
}
