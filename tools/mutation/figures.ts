import type { MutationReport } from "./report";

/** The last report of a part. */
export interface PartReport {
  readonly part: string;
  readonly report: MutationReport;
}

/** Mutants of a part, of the policies, or of all. */
export interface Figures {
  readonly name: string;
  readonly killed: number;
  readonly survived: number;
  /** Survivors that no test ran. */
  readonly untested: number;
}

/** The killed share, in percent; 100 without mutants. */
export function scoreOf({ killed, survived }: Figures): number {
  const all = killed + survived;
  return all === 0 ? 100 : (killed / all) * 100;
}

/** Figures for each part, then for the parts of `policies/` together, then for all of them together. */
export function figuresOf(reports: readonly PartReport[]): readonly Figures[] {
  const statusesOf = (wanted: (file: string) => boolean, some: readonly PartReport[]) =>
    some.flatMap(({ report }) =>
      Object.entries(report.files)
        .filter(([file]) => wanted(file))
        .flatMap(([, { mutants }]) => mutants.map(({ status }) => status)),
    );
  const isAny = () => true;
  return [
    ...reports.map((each) => count(each.part, statusesOf(isAny, [each]))),
    count(
      "policies",
      statusesOf((file) => file.startsWith("policies/"), reports),
    ),
    count("all", statusesOf(isAny, reports)),
  ];
}

/** A mutant that makes a test run forever counts as killed; one that does not load does not count. */
function count(name: string, statuses: readonly string[]): Figures {
  const number = (...wanted: readonly string[]) => statuses.filter((each) => wanted.includes(each)).length;
  return {
    name,
    killed: number("Killed", "Timeout"),
    survived: number("Survived", "NoCoverage"),
    untested: number("NoCoverage"),
  };
}

/** One line each, with the score first. */
export function renderFigures(all: readonly Figures[]): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  const row = (cells: readonly string[]) => cells.map((cell) => cell.padStart(9)).join("");
  return [
    `${"".padEnd(width)}${row(["score %", "killed", "survived", "untested"])}`,
    ...all.map((figures) => {
      const { name, killed, survived, untested } = figures;
      return `${name.padEnd(width)}${row([scoreOf(figures).toFixed(1), ...[killed, survived, untested].map(String)])}`;
    }),
  ].join("\n");
}
