import type { GradeFacts } from "./facts";

/** Excel reads UTF-8 only after this mark. */
const byteOrderMark = "\uFEFF";

/**
 * Grades for a gradebook: a row for each student, a column for each exercise. An exercise that was not checked has an
 * empty cell, not 0.
 */
export function gradesCsv(grades: readonly GradeFacts[]): string {
  const exercises = grades[0]?.exercises.map(({ id }) => id) ?? [];
  const header = ["id", "name", "points", "possible", "not checked", ...exercises, "reason"];
  const rows = grades.map(({ id, name, points, possible, notChecked, exercises: each, reason = "" }) => [
    id,
    name,
    points,
    possible,
    notChecked,
    ...each.map((exercise) => exercise.points ?? ""),
    reason,
  ]);
  const lines = [header, ...rows].map((cells) => cells.map(cell).join(","));
  return `${byteOrderMark}${lines.join("\r\n")}\r\n`;
}

/** A cell as RFC 4180 quotes it. Spreadsheets run a text that begins with one of `=+-@` as a formula. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
