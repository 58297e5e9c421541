import { dollarsPerMonth } from "./cost";
import type { Pair } from "./pair";

const bytesPerMiB = 1024 ** 2;

/** A table of backups, newest first, with their price at most. */
export function pairsText(pairs: readonly Pair[], now: Date): string {
  if (pairs.length === 0) return "No backups. Make one: npm run site -- backup --stack NAME";
  const rows = pairs.map((pair) => [
    pair.id,
    age(now.getTime() - pair.startedAt.getTime()),
    pair.snapshot === undefined ? "-" : `${pair.snapshot.sizeGiB} GiB`,
    pair.uploads === undefined ? "-" : `${(pair.uploads.sizeBytes / bytesPerMiB).toFixed(1)} MiB`,
    pair.snapshot?.engineVersion ?? "-",
    `$${dollarsPerMonth(pair).toFixed(2)}`,
    pair.reason === undefined ? pair.state : `${pair.state}: ${pair.reason}`,
  ]);
  const table = [["BACKUP", "AGE", "DATABASE", "UPLOADS", "MARIADB", "A MONTH", "STATE"], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? "").length)),
  );
  const total = pairs.reduce((sum, pair) => sum + dollarsPerMonth(pair), 0);
  return [
    ...table.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    ),
    `At most $${total.toFixed(2)} a month for all: AWS bills only what changed between backups.`,
  ].join("\n");
}

/** An age in its largest unit, e.g. `3 h`. */
function age(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} d`;
}

/** The same for `--json`. */
export function pairFacts(pair: Pair): object {
  const { id, startedAt, state, reason, snapshot, uploads } = pair;
  return {
    id,
    startedAt: startedAt.toISOString(),
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(snapshot === undefined ? {} : { snapshot: snapshot.name, databaseGiB: snapshot.sizeGiB }),
    ...(uploads === undefined ? {} : { recoveryPoint: uploads.arn, uploadsBytes: uploads.sizeBytes }),
    dollarsPerMonthAtMost: Number(dollarsPerMonth(pair).toFixed(2)),
  };
}
