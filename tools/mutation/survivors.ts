import type { Mutant, MutationReport } from "./report";

/** The longest shown code, in characters. */
const longest = 70;

/** The surviving mutants, a line each: the place, the code and the code in its place. */
export function survivorLines(reports: readonly MutationReport[]): readonly string[] {
  const files = reports.flatMap((report) => Object.entries(report.files));
  return files.flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map((mutant) => survivorLine(file, source, mutant)),
  );
}

function survivorLine(file: string, source: string, mutant: Mutant): string {
  const { line, column } = mutant.location.start;
  const untested = mutant.status === "NoCoverage" ? " (untested)" : "";
  const change = `${shown(codeAt(source, mutant))} -> ${shown(mutant.replacement)}`;
  return `${file}:${String(line)}:${String(column)} ${mutant.mutatorName}${untested}: ${change}`;
}

function codeAt(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.pop() ?? "";
  return [...lines, last.slice(0, end.column - 1)].join("\n").slice(start.column - 1);
}

/** Code on one line. */
function shown(code: string): string {
  const line = code.replaceAll(/\s+/g, " ");
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
