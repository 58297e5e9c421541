import type { Database, Group, Server, TimelineEntry } from "./page";
import { standingOf } from "./standing";

/** What one reading saw. AWS keeps no history of it, so that the page remembers the changes. */
export interface Observation {
  readonly at: number;
  readonly servers: readonly Server[];
  readonly group: Group | null;
  readonly database: Database | null;
}

/**
 * What changed between two readings, as entries of the timeline at the time of the later one.
 *
 * @param measured whether a live region reports boots and the targets' health itself, at their exact time
 */
export function changesBetween(
  before: Observation,
  after: Observation,
  measured = false,
): readonly TimelineEntry[] {
  const known = new Map(before.servers.map((server) => [server.id, server]));
  return [
    ...after.servers.flatMap((server) => {
      const earlier = known.get(server.id);
      const states = measured ? [] : stateChanges(earlier, server, after.at);
      return [...states, ...judgementOf(earlier, server, after.at)];
    }),
    ...sizeChanges(before.group, after.group, after.at),
    ...databaseChanges(before.database, after.database, after.at),
  ];
}

type Part = Pick<TimelineEntry, "kind" | "tone" | "text" | "detail">;

function entryOf(serverId: string, at: number, part: Part): TimelineEntry {
  return { id: `seen ${serverId} ${part.text} ${at}`, at, serverId, because: null, ...part };
}

/** EC2's state, and the target's health. */
function stateChanges(before: Server | undefined, after: Server, at: number): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  if (before?.state !== after.state && (before !== undefined || after.state === "pending")) {
    const tone = after.state === "running" || after.state === "pending" ? "info" : "warning";
    const text = `${after.id} is ${after.state}`;
    entries.push(entryOf(after.id, at, { kind: "boot", tone, text, detail: null }));
  }
  if (before !== undefined && before.target?.state !== after.target?.state && after.target !== null) {
    const asTarget = { ...after, state: "running", lifecycle: "InService", health: "Healthy" };
    const { word, tone, reason } = standingOf(asTarget);
    const text = `${after.id} is ${word} in the target group`;
    entries.push(entryOf(after.id, at, { kind: "health", tone, text, detail: reason }));
  }
  return entries;
}

/** Auto Scaling's own view of the server. */
function judgementOf(before: Server | undefined, after: Server, at: number): readonly TimelineEntry[] {
  if (before?.health !== "Healthy" || after.health !== "Unhealthy") return [];
  const text = `${after.id} is Unhealthy for Auto Scaling, which replaces it`;
  return [entryOf(after.id, at, { kind: "health", tone: "bad", text, detail: null })];
}

function sizeChanges(before: Group | null, after: Group | null, at: number): readonly TimelineEntry[] {
  if (before === null || after === null) return [];
  const changed = (["min", "desired", "max"] as const).filter((size) => before[size] !== after[size]);
  if (changed.length === 0) return [];
  const text = `Group size: ${changed.map((size) => `${size} ${String(before[size])} to ${String(after[size])}`).join(", ")}`;
  return [
    {
      id: `size ${text} ${String(at)}`,
      at,
      kind: "size",
      tone: "info",
      text,
      detail: null,
      serverId: null,
      because: null,
    },
  ];
}

function databaseChanges(
  before: Database | null,
  after: Database | null,
  at: number,
): readonly TimelineEntry[] {
  if (before === null || after === null || before.state === after.state) return [];
  return [
    {
      id: `database ${after.state} ${String(at)}`,
      at,
      kind: "database",
      tone: after.state === "available" ? "good" : "warning",
      text: `Database ${after.id} is ${after.state}`,
      detail: null,
      serverId: null,
      because: null,
    },
  ];
}
