import { Failure } from "../../cli/failure";
import type { Violation } from "../../engine/run";

/**
 * The failure of a run that policies refused, with what each one found and how to fix it. Undefined when no policy
 * refused the stack.
 */
export function policyRefusal(error: unknown, violations: readonly Violation[]): Failure | undefined {
  const refusing = violations.filter(({ mandatory }) => mandatory);
  if (!(error instanceof Failure) || refusing.length === 0) return undefined;
  const lines = [...new Set(refusing.map(violationText))];
  return new Failure(
    [error.problem, ...lines].join("\n"),
    "Change the student's settings in the roster, or the class's in Pulumi.lab.yaml, then run the command again.",
    { cause: error },
  );
}

/** `learner-lab/lab-instance-sizes on type name`, then the message's lines. */
function violationText({ policy, resource, message }: Violation): string {
  const title = `${policy}${resource === undefined ? "" : ` on ${resource}`}`;
  return [title, ...message.split("\n").map((line) => `  ${line}`)].map((line) => `  ${line}`).join("\n");
}
