import type { TimelineEntry } from "./page";

/** Entries in the order of time, each with the id of the earlier entry that caused it, where AWS's words show it. */
export function linked(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.map((entry, index) => {
    if (entry.because !== null) return entry;
    return { ...entry, because: causeOf(entry, entries.slice(0, index).reverse())?.id ?? null };
  });
}

/** @param earlier newest first */
function causeOf(entry: TimelineEntry, earlier: readonly TimelineEntry[]): TimelineEntry | undefined {
  switch (entry.kind) {
    case "alarm":
      return causeOfAlarm(entry, earlier);
    case "scaling":
      return causeOfActivity(entry, earlier);
    case "boot":
    case "health":
      return earlier.find(
        ({ serverId, kind }) => serverId === entry.serverId && (kind === "scaling" || kind === "boot"),
      );
    default:
      return undefined;
  }
}

/** CPU above the target raises the alarm for scaling out, and ends the one for scaling in; below it is the reverse. */
function causeOfAlarm(entry: TimelineEntry, earlier: readonly TimelineEntry[]): TimelineEntry | undefined {
  const scales = /^Alarm target tracking: scale (out|in): (ALARM|OK)$/.exec(entry.text);
  if (scales === null) return undefined;
  const isHigh = (scales[1] === "out") === (scales[2] === "ALARM");
  return earlier.find(
    ({ kind, id }) => kind === "metric" && id.startsWith(isHigh ? "metric above" : "metric below"),
  );
}

function causeOfActivity(entry: TimelineEntry, earlier: readonly TimelineEntry[]): TimelineEntry | undefined {
  const cause = entry.detail ?? "";
  const alarm = /monitor alarm (\S+) in state ALARM/.exec(cause)?.[1];
  if (alarm !== undefined) {
    return earlier.find(({ id, text }) => id.startsWith(`alarm ${alarm} `) && text.endsWith(": ALARM"));
  }
  if (/health.?check/i.test(cause)) {
    return earlier.find(
      ({ serverId, kind, tone }) =>
        serverId === entry.serverId &&
        (kind === "health" || kind === "boot" || kind === "region") &&
        tone !== "good" &&
        tone !== "info",
    );
  }
  if (cause.includes("unhealthy instance needing to be replaced")) {
    return earlier.find(
      ({ kind, detail, text }) =>
        kind === "scaling" && text.startsWith("Terminating") && /health.?check/i.test(detail ?? ""),
    );
  }
  if (/instance refresh/i.test(cause)) {
    return earlier.find(({ kind, id }) => kind === "refresh" && !id.endsWith(" end"));
  }
  return undefined;
}
