import { marks } from "./marks";

type Tags = Readonly<Record<string, string>>;

/** A snapshot of the database that a backup made. */
export interface SnapshotPart {
  readonly name: string;
  /** `available` when it can be restored. */
  readonly status: string;
  readonly sizeGiB: number;
  /** The full version of MariaDB. */
  readonly engineVersion: string;
  readonly tags: Tags;
}

/** A recovery point of the uploads that a backup made. */
export interface UploadsPart {
  readonly arn: string;
  /** `COMPLETED` when it can be restored. */
  readonly status: string;
  readonly sizeBytes: number;
  readonly tags: Tags;
}

/** A backup: a snapshot of the database, and a recovery point of shared uploads that began right after it. */
export interface Pair {
  readonly id: string;
  readonly startedAt: Date;
  readonly snapshot: SnapshotPart | undefined;
  readonly uploads: UploadsPart | undefined;
  /** Only a complete backup can be restored. */
  readonly state: "complete" | "in progress" | "incomplete";
  /** Why it is not complete. */
  readonly reason: string | undefined;
}

/** A backup that no program has ended in this time will not be ended. AWS Backup gives up a job after 7 days by default. */
const longestHours = 24;

/** The backups that these parts are of, newest first. */
export function pairsOf(
  snapshots: readonly SnapshotPart[],
  uploads: readonly UploadsPart[],
  now: Date,
): readonly Pair[] {
  const parts = [...snapshots, ...uploads];
  const ids = new Set(parts.flatMap(({ tags }) => tags[marks.pair] ?? []));
  return [...ids]
    .map((id) => {
      const ofPair = ({ tags }: { readonly tags: Tags }) => tags[marks.pair] === id;
      const [snapshot, point] = [snapshots.find(ofPair), uploads.find(ofPair)];
      const startedAt = new Date((snapshot ?? point)?.tags[marks.started] ?? 0);
      return { id, startedAt, snapshot, uploads: point, ...stateOf(snapshot, point, startedAt, now) };
    })
    .toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
}

function stateOf(
  snapshot: SnapshotPart | undefined,
  uploads: UploadsPart | undefined,
  startedAt: Date,
  now: Date,
): Pick<Pair, "state" | "reason"> {
  const incomplete = (reason: string) => ({ state: "incomplete", reason }) as const;
  if (snapshot === undefined) return incomplete("the database's snapshot is missing");
  const outcome = snapshot.tags[marks.outcome];
  if (outcome === undefined) {
    const hours = (now.getTime() - startedAt.getTime()) / 3_600_000;
    if (hours < longestHours) return { state: "in progress", reason: undefined };
    return incomplete(`it began ${Math.floor(hours)} hours ago and did not end`);
  }
  if (outcome !== "complete") return incomplete("it failed");
  if (snapshot.status !== "available") return incomplete(`the database's snapshot is ${snapshot.status}`);
  if (snapshot.tags[marks.uploads] === "none") return { state: "complete", reason: undefined };
  if (uploads === undefined) return incomplete("the recovery point of the uploads is missing");
  if (uploads.status !== "COMPLETED")
    return incomplete(`the recovery point of the uploads is ${uploads.status}`);
  return { state: "complete", reason: undefined };
}

/** The complete backups beyond the newest ones that are kept. @param keep how many, 1 or more */
export function beyond(pairs: readonly Pair[], keep: number): readonly Pair[] {
  return pairs.filter(({ state }) => state === "complete").slice(keep);
}
