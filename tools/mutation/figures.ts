import type { MutationReport } from "./report";

/** Mutants of a folder, or of all. */
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

/** Figures for each folder of the repository's top two levels, and for all of them together, last. */
export function figuresOf(reports: readonly MutationReport[]): readonly Figures[] {
  const byFolder = new Map<string, string[]>();
  for (const { files } of reports) {
    for (const [file, { mutants }] of Object.entries(files)) {
      const folder = file.split("/").slice(0, -1).slice(0, 2).join("/");
      const statuses = byFolder.get(folder) ?? [];
      byFolder.set(folder, [...statuses, ...mutants.map(({ status }) => status)]);
    }
  }
  const folders = [...byFolder].sort(([one], [other]) => one.localeCompare(other));
  return [
    ...folders.map(([folder, statuses]) => count(folder === "" ? "." : folder, statuses)),
    count("all", [...byFolder.values()].flat()),
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
