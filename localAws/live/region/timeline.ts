import type { RegionEvent } from "./part";

export interface TimelineEntry extends RegionEvent {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The newest events of the region, for its own API. */
export interface Timeline {
  readonly add: (event: RegionEvent) => void;
  readonly after: (number: number) => readonly TimelineEntry[];
  /** Calls the listener with every new entry. @returns how to end it */
  readonly listen: (listener: (entry: TimelineEntry) => void) => () => void;
}

/** Enough for a session of a course. */
const kept = 1_000;

export function makeTimeline(now: () => number = Date.now): Timeline {
  const entries: TimelineEntry[] = [];
  const listeners = new Set<(entry: TimelineEntry) => void>();
  let number = 0;
  return {
    add: (event) => {
      number += 1;
      const entry = { ...event, number, at: now() };
      entries.push(entry);
      if (entries.length > kept) entries.shift();
      for (const listener of listeners) listener(entry);
    },
    after: (from) => entries.filter((entry) => entry.number > from),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
