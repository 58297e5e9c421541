import type { TimelineEntry as RegionEntry } from "../../region/timeline";
import type { TimelineEntry } from "./page";

/** An event of the live region as an entry of the page's timeline. */
export function regionEntry({ number, at, kind, id, text }: RegionEntry): TimelineEntry {
  return {
    id: `region ${String(at)} ${String(number)}`,
    at,
    kind: kind === "database" ? "database" : "region",
    tone: "info",
    text,
    detail: null,
    serverId: id.startsWith("i-") ? id : null,
    because: null,
  };
}
