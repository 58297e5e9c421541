import type { Screen } from "../cli/screen";
import { differenceText } from "./differenceText";
import type { ChangedResource, Diagnostic, Progress, RunListener, RunResult, Violation } from "./run";

/**
 * Shows a run in progress: lasting lines for what the user must read, the changing line for the rest.
 *
 * @param lines whether every change gets a line where lines cannot change in place
 */
export function runView(screen: Screen, say: (detail: string) => void, lines: boolean): RunListener {
  return {
    changed: (resource, progress) => {
      say(progressText(progress));
      if (lines && !screen.live) screen.print(`  ${progress.done}/${progress.total} ${changeText(resource)}`);
    },
    moved: (progress) => {
      say(progressText(progress));
    },
    failed: (resource) => {
      screen.print(`failed: ${resource}`);
    },
    violated: (violation) => {
      screen.print(violationText(violation));
    },
    diagnosed: (diagnostic) => {
      screen.print(diagnosticText(diagnostic));
    },
  };
}

/** `34 of 78 resources; aws:rds/instance:Instance wordpress and 2 more` */
export function progressText({ done, total, active }: Progress): string {
  const count = `${done} of ${total} resources`;
  const [first, ...others] = active;
  if (first === undefined) return count;
  return others.length === 0 ? `${count}; ${first}` : `${count}; ${first} and ${others.length} more`;
}

/** `updated aws:autoscaling/group:Group wordpress-fleet (desiredCapacity, maxSize)` */
export function changeText({ change, type, name, properties }: ChangedResource): string {
  const which = properties.length === 0 ? "" : ` (${properties.join(", ")})`;
  return `${change} ${type} ${name}${which}`;
}

/** The same with the old and the new values, a line each. */
export function changeLines(resource: ChangedResource, lead = ""): readonly string[] {
  const { change, type, name, differences } = resource;
  if (differences.length === 0) return [`${lead}${changeText(resource)}`];
  return [`${lead}${change} ${type} ${name}`, ...differences.map((each) => `    ${differenceText(each)}`)];
}

/** A violated rule: the resource and the fix. */
export function violationText({ policy, mandatory, resource, message, exception }: Violation): string {
  const where = resource === undefined ? "" : `\n  on ${resource}`;
  if (exception !== undefined) return `Policy ${exception}: ${policy}${where}\n${indent(message)}`;
  const what = mandatory ? "Policy violated" : "Policy advises against this";
  return `${what}: ${policy}${where}\n${indent(message)}`;
}

/** `, 2 excepted`; nothing when no rule is excepted. */
export function exceptedText({ policiesExcepted }: Pick<RunResult, "policiesExcepted">): string {
  return policiesExcepted === 0 ? "" : `, ${policiesExcepted} excepted`;
}

/** `error: aws:rds/instance:Instance wordpress: what happened` */
export function diagnosticText({ severity, resource, message }: Diagnostic): string {
  const who = resource === undefined ? "" : `${resource}: `;
  return severity === "info" ? message : `${severity}: ${who}${message}`;
}

/** The number of changes of each kind: `3 created, 1 updated`; `no change` when there is none. */
export function changesText(changes: readonly ChangedResource[]): string {
  const counts = countChanges(changes);
  const parts = Object.entries(counts).map(([change, count]) => `${count} ${change}`);
  return parts.length === 0 ? "no change" : parts.join(", ");
}

/** The number of resources by kind of change. */
export function countChanges(changes: readonly ChangedResource[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { change } of changes) counts[change] = (counts[change] ?? 0) + 1;
  return counts;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
