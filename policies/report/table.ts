import { exceptionText, problemText } from "./exceptions";
import { noNotes, type ReportNotes } from "./notes";
import { placeText, type Places } from "./places";
import { priceCell, priceLines } from "./price";
import type { Outcome, StackResult, Subject } from "./results";
import { idOf, verdict } from "./verdict";

/** The text of an outcome in a table. */
export const marks: Readonly<Record<Outcome, string>> = {
  passed: "ok",
  violated: "VIOLATED",
  advised: "advice",
  known: "known",
  excepted: "excepted",
  remediated: "remediated",
  "not judged": "not judged",
  disabled: "off",
};

/**
 * A table with a row for each rule and a column for each stack, and below it the findings with their fixes. Markdown, for
 * a terminal and for a comment in a pull request.
 */
export function renderTable(results: readonly StackResult[], notes: ReportNotes = noNotes): string {
  const rows = [...rowsOf(results), ...priceRow(results)];
  const heading = ["rule", ...results.map(({ stack }) => stack)];
  const widths = heading.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const table = [line(heading), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
  return [
    table.join("\n"),
    ...priceEntry(results),
    ...results.flatMap(details),
    ...unjudged(results),
    ...results.flatMap(driftEntry),
    ...notes.exceptionProblems.map((problem) => entry("FAILED: exception", problemText(problem))),
    ...fixedEntry(notes),
    verdict(results, notes),
  ].join("\n\n");
}

/** A row for each rule that applies to at least one of the stacks. */
function rowsOf(results: readonly StackResult[]): readonly (readonly string[])[] {
  const ids = new Set(results.flatMap(({ rules }) => rules.map(idOf)));
  return [...ids].map((id) => [
    id,
    ...results.map(({ rules }) => {
      const result = rules.find((each) => idOf(each) === id);
      return result === undefined ? "" : marks[result.outcome];
    }),
  ]);
}

/** The price is beside the rules: a fix may cost something. */
function priceRow(results: readonly StackResult[]): readonly (readonly string[])[] {
  if (results.every(({ price }) => price === undefined)) return [];
  return [["price a month, before traffic", ...results.map(({ price }) => priceCell(price))]];
}

function priceEntry(results: readonly StackResult[]): readonly string[] {
  const lines = results.flatMap(({ stack, price }) => priceLines(stack, price));
  return lines.length === 0 ? [] : [entry("Price a month", lines.join("\n"))];
}

function details({ stack, subject, rules, failure }: StackResult): readonly string[] {
  const findings = rules.flatMap((result) =>
    result.findings
      .filter(({ outcome }) => outcome !== "not judged")
      .map(({ resource, message, outcome, exception, places, drifted }) =>
        entry(
          `${marks[outcome]}: ${stack}, ${idOf(result)}, ${resource}${drifted ? " (drift)" : ""}`,
          [
            ...(exception === undefined ? [] : [exceptionText(exception)]),
            message,
            ...(result.level === undefined || exception !== undefined ? [] : [`Level: ${result.level}`]),
            ...placeLines(places),
          ].join("\n"),
        ),
      ),
  );
  return failure === undefined ? findings : [entry(`FAILED: ${subject} of ${stack}`, failure), ...findings];
}

/** Where to fix a finding. */
export function placeLines({ setting, source }: Places): readonly string[] {
  return [
    ...(setting === undefined ? [] : [`Setting: ${setting.setting}, ${placeText(setting)}`]),
    ...(source === undefined ? [] : [`Created at: ${placeText(source)}`]),
  ];
}

/** Why a value can be unknown. */
export const unknownValues: Readonly<Record<Subject, string>> = {
  preview:
    "The preview does not know a value. The update judges the resource before it is created, and the whole stack at the end.",
  state: "A value is a secret, which the state has encrypted, or a file that is not here as it was deployed.",
  account:
    "A value is a secret, which the state has encrypted, or a file that is not here as it was deployed.",
};

/** One entry for each rule, not for each resource: a preview cannot know the same values in every stack. */
function unjudged(results: readonly StackResult[]): readonly string[] {
  const places = new Map<string, readonly string[]>();
  const texts = new Set(results.map(({ subject }) => unknownValues[subject]));
  for (const { stack, rules } of results) {
    for (const result of rules) {
      const names = result.findings
        .filter(({ outcome }) => outcome === "not judged")
        .map(({ resource }) => resource);
      if (names.length === 0) continue;
      const id = idOf(result);
      places.set(id, [...(places.get(id) ?? []), `${stack}: ${names.join(", ")}`]);
    }
  }
  return [...places].map(([id, where]) =>
    entry(`${marks["not judged"]}: ${id}`, [...texts, ...where].join("\n")),
  );
}

/** What changed outside of Pulumi, which the next update reverts or the program should take over. */
export function driftEntry({ stack, drift = [] }: StackResult): readonly string[] {
  if (drift.length === 0) return [];
  const lines = drift.map(({ urn, gone, properties }) => {
    const [type, name] = urn.split("::").slice(-2);
    const what = gone ? "does not exist any more" : `differs in ${properties.join(", ")}`;
    return `${name ?? urn} (${type?.split("$").at(-1) ?? ""}) ${what}`;
  });
  return [entry(`Drift: ${stack}, the account differs from the state`, lines.join("\n"))];
}

/** A heading, and its text as a Markdown code block. */
export function entry(heading: string, text: string): string {
  return `${heading}\n\n${indented(text)}`;
}

function indented(message: string): string {
  return message
    .split("\n")
    .map((text) => `    ${text}`)
    .join("\n");
}

/** What can leave the baseline, so that it cannot come back unseen. */
function fixedEntry({ baseline }: ReportNotes): readonly string[] {
  const fixed = baseline?.fixed ?? [];
  if (fixed.length === 0) return [];
  const lines = fixed.map(({ stack, rule, urn, at }) =>
    [stack, rule, urn?.split("::").at(-1), at].filter((part) => part !== undefined).join(", "),
  );
  return [entry("Fixed since the baseline: write it again with --write-baseline", lines.join("\n"))];
}
