import { padToWidth, widthOf } from "../../cli/width";
import { exceptionText, problemText } from "../../policies/report/exceptions";
import { jsonReport } from "../../policies/report/json";
import type { ReportNotes } from "../../policies/report/notes";
import { allPass, type Finding, type RuleResult, type StackResult } from "../../policies/report/results";
import { driftEntry, entry, marks, placeLines, unknownValues } from "../../policies/report/table";
import { idOf, verdict } from "../../policies/report/verdict";

/** The result of judging one student's stack. */
export type JudgedStudent = { readonly id: string; readonly name: string } & (
  | { readonly status: "judged"; readonly result: StackResult }
  /** It has no stack, so it has neither a state nor anything in an account. */
  | { readonly status: "not up" }
  /** The user stopped the command first. */
  | { readonly status: "not started" }
);

/** What `--json` prints. */
export function policyFacts(students: readonly JudgedStudent[], notes: ReportNotes) {
  const results = resultsOf(students);
  const { stacks, exceptions } = jsonReport(results, notes);
  return {
    passed: allPass(results, notes) && students.every(({ status }) => status !== "not started"),
    exceptions,
    students: students.map(({ id, name, status }) => ({
      ...stacks.find(({ stack }) => stack === id),
      ...{ id, name, status },
    })),
  };
}

/** A row for each student, a column for each rule that does not pass for all, and below it each finding once. */
export function policyText(students: readonly JudgedStudent[], notes: ReportNotes): string {
  const results = resultsOf(students);
  const columns = columnsOf(results);
  return [
    tableOf(students, columns).join("\n"),
    ...legend(columns),
    ...failures(results),
    ...findingsOf(results),
    ...unjudged(results),
    ...results.flatMap(driftEntry),
    ...notes.exceptionProblems.map((problem) => entry("FAILED: exception", problemText(problem))),
    verdict(results, notes),
  ].join("\n\n");
}

function resultsOf(students: readonly JudgedStudent[]): readonly StackResult[] {
  return students.flatMap((student) => (student.status === "judged" ? [student.result] : []));
}

/** The rules with a column: a preview cannot judge some rules for any student, and a failed run judges none. */
function columnsOf(results: readonly StackResult[]): readonly string[] {
  const notable = results
    .flatMap(({ rules }) => rules)
    .filter(({ outcome }) => outcome !== "passed" && outcome !== "not judged");
  const inOrder = results[0]?.rules.map(idOf) ?? [];
  const ids = new Set(notable.map(idOf));
  return inOrder.filter((id) => ids.has(id));
}

function tableOf(students: readonly JudgedStudent[], columns: readonly string[]): readonly string[] {
  const heading = ["student", "result", ...columns.map((_, index) => `(${String(index + 1)})`)];
  const rows = students.map((student) => [
    `${student.id} ${student.name}`,
    resultCell(student),
    ...columns.map((id) => (student.status === "judged" ? cellOf(student.result, id) : "")),
  ]);
  const widths = heading.map((cell, column) =>
    Math.max(...[[...heading], ...rows].map((row) => widthOf(row[column] ?? "")), cell.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => padToWidth(cell, widths[column] ?? 0)).join(" | ")} |`;
  return [line(heading), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

function resultCell(student: JudgedStudent): string {
  if (student.status !== "judged") return student.status;
  const { failure, rules } = student.result;
  if (failure !== undefined) return "FAILED";
  const violated = rules.filter(({ outcome }) => outcome === "violated").length;
  return violated === 0 ? "ok" : `${String(violated)} violated`;
}

function cellOf({ rules }: StackResult, id: string): string {
  const result = rules.find((rule) => idOf(rule) === id);
  return result === undefined ? "" : marks[result.outcome];
}

function legend(columns: readonly string[]): readonly string[] {
  if (columns.length === 0) return [];
  return [columns.map((id, index) => `(${String(index + 1)}) ${id}`).join("\n")];
}

function failures(results: readonly StackResult[]): readonly string[] {
  return grouped(
    results.flatMap(({ stack, subject, failure }) =>
      failure === undefined ? [] : [{ stack, heading: `FAILED: ${subject}`, text: failure }],
    ),
  );
}

/** The same finding of several students is one entry: it often has one cause. */
function findingsOf(results: readonly StackResult[]): readonly string[] {
  return grouped(
    results.flatMap(({ stack, rules }) =>
      rules.flatMap((rule) =>
        rule.findings
          .filter(({ outcome }) => outcome !== "not judged")
          .map((finding) => ({
            stack,
            heading: `${marks[finding.outcome]}: ${idOf(rule)}, ${subjectOf(finding)}${finding.drifted ? " (drift)" : ""}`,
            text: findingText(rule, finding),
          })),
      ),
    ),
  );
}

function unjudged(results: readonly StackResult[]): readonly string[] {
  return grouped(
    results.flatMap(({ stack, subject, rules }) =>
      rules.flatMap((rule) => {
        const names = rule.findings.filter(({ outcome }) => outcome === "not judged").map(subjectOf);
        if (names.length === 0) return [];
        const text = `${names.join(", ")}\n${unknownValues[subject]}`;
        return [{ stack, heading: `${marks["not judged"]}: ${idOf(rule)}`, text }];
      }),
    ),
  );
}

/** The name of the stack's root resource contains the student's id. */
function subjectOf({ resource, urn }: Finding): string {
  return urn === undefined || urn.includes("::pulumi:pulumi:Stack::") ? "the stack" : resource;
}

function findingText({ level }: RuleResult, { exception, message, places }: Finding): string {
  return [
    ...(exception === undefined ? [] : [exceptionText(exception)]),
    message,
    ...(level === undefined || exception !== undefined ? [] : [`Level: ${level}`]),
    ...placeLines(places),
  ].join("\n");
}

interface Found {
  readonly stack: string;
  readonly heading: string;
  readonly text: string;
}

function grouped(all: readonly Found[]): readonly string[] {
  const groups = new Map<string, { readonly found: Found; readonly stacks: string[] }>();
  for (const found of all) {
    const key = `${found.heading}\n${found.text}`;
    const group = groups.get(key) ?? { found, stacks: [] };
    group.stacks.push(found.stack);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ found: { heading, text }, stacks }) =>
    entry(heading, `${stacks.join(", ")}:\n${text}`),
  );
}
