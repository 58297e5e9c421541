import { allPass, type Outcome, type RuleResult, type StackResult } from "./results";

const marks: Readonly<Record<Outcome, string>> = {
  passed: "ok",
  violated: "VIOLATED",
  advised: "advice",
  "not judged": "not judged",
};

/**
 * One table for people, rules down and stacks across, and below it what is wrong where and how to mend it.
 * Markdown that reads well as it is: for a terminal and for a pull request's comment.
 */
export function renderTable(results: readonly StackResult[]): string {
  const rows = rowsOf(results);
  const heading = ["rule", ...results.map(({ stack }) => stack)];
  const widths = heading.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const table = [line(heading), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
  return [table.join("\n"), ...results.flatMap(details), verdict(results)].join("\n\n");
}

/** A row for each rule that holds at least one of the stacks. */
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

function idOf({ pack, rule }: RuleResult): string {
  return `${pack}/${rule.name}`;
}

function details({ stack, rules }: StackResult): readonly string[] {
  return rules.flatMap((result) =>
    result.findings.map(
      ({ resource, message, outcome }) =>
        `${marks[outcome]}: ${stack}, ${idOf(result)}, ${resource}\n${indented(message)}`,
    ),
  );
}

function indented(message: string): string {
  return message
    .split("\n")
    .map((text) => `    ${text}`)
    .join("\n");
}

function verdict(results: readonly StackResult[]): string {
  const violations = results.flatMap(({ rules }) => rules).filter(({ outcome }) => outcome === "violated");
  return allPass(results)
    ? "No stack breaks a rule."
    : `${String(violations.length)} ${violations.length === 1 ? "rule is" : "rules are"} broken; see above for what to do.`;
}
