import { Failure } from "../../cli/failure";
import type { StudentStack } from "../settings/studentSettings";

/**
 * Refuses to bring up stacks whose end has passed: EventBridge Scheduler refuses a time in the past, and the servers would
 * run without an end.
 * @throws Failure that names the students
 */
export function refuseEnded(stacks: readonly StudentStack[], now: Date): void {
  const ended = stacks.filter(
    ({ settings: { lifetime } }) =>
      lifetime.endsAt !== undefined && Date.parse(lifetime.endsAt) <= now.getTime(),
  );
  if (ended.length === 0) return;
  const ends = ended.map(({ student, settings }) => `${student.id} (${settings.lifetime.endsAt ?? ""})`);
  throw new Failure(
    `The end has passed for ${ends.join(", ")}; nothing was changed.`,
    "Give them a later endsAt in the roster or in Pulumi.lab.yaml, or omit it; or select other students with --only.",
  );
}
