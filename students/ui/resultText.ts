import { counted } from "../../cli/counted";
import type { Invocation } from "../commandLine";
import { studentsCommand } from "../studentsCommand";
import type { Report } from "../work/task";
import { dollars, type CostFacts } from "./costText";

/** The result for one student, as `--json` prints it. */
export interface StudentResult extends Report {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly status: "done" | "failed" | "nothing to do" | "not started";
  /** The reason of a failure, and the fix. */
  readonly reason?: string;
  readonly remedy?: string;
  readonly cost: CostFacts;
}

/** The result of a command: counts, notes, the failures with their reasons, and the command that retries them. */
export function resultText(invocation: Invocation, results: readonly StudentResult[], now: Date): string {
  const of = (status: StudentResult["status"]) => results.filter((result) => result.status === status);
  const failed = of("failed");
  const again = [...failed, ...of("not started")].map(({ id }) => id);
  const counts = [
    `${of("done").length} done`,
    ...(failed.length === 0 ? [] : [`${failed.length} failed`]),
    ...(of("not started").length === 0 ? [] : [`${of("not started").length} not started`]),
    ...(of("nothing to do").length === 0 ? [] : [`${of("nothing to do").length} not up`]),
  ];
  return [
    "",
    `${invocation.command}: of ${counted(results.length, "student")} ${counts.join(", ")}.`,
    ...credentialsLine(results, now),
    ...noteLines(results),
    ...results.flatMap(leftLines),
    ...failureLines(failed),
    ...(again.length === 0
      ? []
      : [`To try these again: ${studentsCommand(invocation, { only: again.join(",") })}`]),
  ].join("\n");
}

/** The student whose credentials expire first, if known: the deadline of the class. */
function credentialsLine(results: readonly StudentResult[], now: Date): readonly string[] {
  const known = results.flatMap(({ id, credentialsExpireAt: at }) => (at === undefined ? [] : [{ id, at }]));
  const first = known.toSorted((a, b) => a.at.localeCompare(b.at))[0];
  if (first === undefined) return [];
  const minutes = Math.floor((Date.parse(first.at) - now.getTime()) / 60_000);
  const time = `${first.at.slice(0, 10)} ${first.at.slice(11, 16)} UTC`;
  const when = minutes < 0 ? `ended at ${time}` : `end first, at ${time}, in ${counted(minutes, "minute")}`;
  return [`The credentials of ${first.id} ${when}.`];
}

/** The failure of one student. */
export interface StudentFailure {
  readonly id: string;
  readonly name: string;
  readonly reason?: string;
  readonly remedy?: string;
  /** The file with all details. */
  readonly log?: string | undefined;
}

/** Each reason once, with the students it applies to, and the log of the first one. */
export function failureLines(failed: readonly StudentFailure[]): readonly string[] {
  const equal = new Map<string, { readonly first: StudentFailure; readonly who: string[] }>();
  for (const result of failed) {
    const key = JSON.stringify([result.reason, result.remedy]);
    const group = equal.get(key) ?? { first: result, who: [] };
    group.who.push(`${result.id} (${result.name})`);
    equal.set(key, group);
  }
  return [...equal.values()].flatMap(({ first: { reason = "", remedy = "", log }, who }) => [
    `${who.join(", ")} failed: ${reason}`,
    `  ${remedy}`,
    ...(log === undefined ? [] : [`  Log: ${log}`]),
  ]);
}

/** Each note once, with the students it applies to. */
function noteLines(results: readonly StudentResult[]): readonly string[] {
  const whose = new Map<string, string[]>();
  for (const { id, notes = [] } of results) {
    for (const note of notes) whose.set(note, [...(whose.get(note) ?? []), id]);
  }
  return [...whose].map(([note, ids]) => `${ids.join(", ")}: ${note}`);
}

function leftLines({ id, left = [] }: StudentResult): readonly string[] {
  return left.map(({ what, dollarsPerHour }) => {
    const cost = dollarsPerHour === undefined ? "" : `, ${dollars(dollarsPerHour, 4)} an hour`;
    return `${id}: left behind: ${what}${cost}`;
  });
}
