import type { Database, Group, Server, TimelineEntry } from "./page";
import { standingOf } from "./standing";

/** What one reading saw. AWS keeps no history of it, so that the page remembers the changes. */
export interface Observation {
  readonly at: number;
  readonly servers: readonly Server[];
  readonly group: Group | null;
  readonly database: Database | null;
}

/** What changed between two readings, as entries of the timeline at the time of the later one. */
export function changesBetween(before: Observation, after: Observation): readonly TimelineEntry[] {
  const known = new Map(before.servers.map((server) => [server.id, server]));
  return [
    ...after.servers.flatMap((server) => serverChanges(known.get(server.id), server, after.at)),
    ...sizeChanges(before.group, after.group, after.at),
    ...databaseChanges(before.database, after.database, after.at),
  ];
}

function serverChanges(before: Server | undefined, after: Server, at: number): readonly TimelineEntry[] {
  const entry = (part: Pick<TimelineEntry, "kind" | "tone" | "text" | "detail">): TimelineEntry => ({
    id: `seen ${after.id} ${part.text} ${String(at)}`,
    at,
    serverId: after.id,
    because: null,
    ...part,
  });
  const entries: TimelineEntry[] = [];
  if (before?.state !== after.state && (before !== undefined || after.state === "pending")) {
    const tone = after.state === "running" || after.state === "pending" ? "info" : "warning";
    entries.push(entry({ kind: "boot", tone, text: `${after.id} is ${after.state}`, detail: null }));
  }
  if (before !== undefined && before.target?.state !== after.target?.state && after.target !== null) {
    const { word, tone, reason } = standingOf({
      ...after,
      state: "running",
      lifecycle: "InService",
      health: "Healthy",
    });
    entries.push(
      entry({ kind: "health", tone, text: `${after.id} is ${word} in the target group`, detail: reason }),
    );
  }
  if (before?.health === "Healthy" && after.health === "Unhealthy") {
    const text = `${after.id} is Unhealthy for Auto Scaling, which replaces it`;
    entries.push(entry({ kind: "health", tone: "bad", text, detail: null }));
  }
  return entries;
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
