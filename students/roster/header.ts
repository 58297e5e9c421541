import type { RosterProblem } from "./entry";

const delimiters = [
  [";", "semicolons"],
  ["\t", "tabs"],
] as const;

/** Problems of a roster's header: another delimiter, or two columns for one setting. */
export function headerProblems(columns: readonly string[], line: number): readonly RosterProblem[] {
  const problem = (field: string, value: unknown, allowed: string) => ({ line, field, value, allowed });
  const [only = ""] = columns;
  const other = columns.length === 1 ? delimiters.find(([delimiter]) => only.includes(delimiter)) : undefined;
  if (other !== undefined) {
    const allowed = `commas between the columns, not ${other[1]}; save the file as "CSV (comma delimited)" or "CSV UTF-8"`;
    return [problem("", only, allowed)];
  }
  return columns.flatMap((column, index) => {
    const before = columns.slice(0, index);
    if (column === "") return [problem("", `column ${String(index + 1)}`, "a name for each column")];
    if (before.includes(column)) return [problem(column, column, "each column once")];
    const others = columns.filter((each) => each.startsWith(`${column}.`));
    return others.length === 0
      ? []
      : [problem(column, column, `either this column or ${others.join(", ")}: both set the same`)];
  });
}
