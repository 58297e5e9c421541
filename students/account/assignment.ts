import type { StackSettings } from "../../config";

/** What the course asks of a student, beyond what it asks of everyone. */
export interface Assignment {
  /** Tags that the student's resources must have; none without a roster. */
  readonly tags: Readonly<Record<string, string>>;
  /** When the function must launch servers. */
  readonly schedule: { readonly expression: string; readonly timeZone: string };
}

/** The assignment of the student with these settings. */
export function assignmentOf({ tags, launcher }: StackSettings): Assignment {
  return { tags, schedule: { expression: launcher.schedule, timeZone: launcher.timeZone } };
}
