import type { TimelineEntry as RegionEntry } from "../../region/timeline";
import type { EntryKind, TimelineEntry, Tone } from "./page";

const kinds: Readonly<Record<string, EntryKind>> = {
  instance: "boot",
  target: "health",
  database: "database",
};

/** An event of the live region as an entry of the page's timeline. */
export function regionEntry({ number, at, kind, id, text }: RegionEntry): TimelineEntry {
  return {
    id: `region ${at} ${number}`,
    at,
    kind: kinds[kind] ?? "region",
    tone: toneOf(text),
    text: sentenceOf(kind, id, text),
    detail: null,
    serverId: id.startsWith("i-") ? id : null,
    because: null,
  };
}

/** The texts begin with a verb, the health of a target with an adjective: `healthy in wordpress-servers`. */
function sentenceOf(kind: string, id: string, text: string): string {
  if (kind === "database") return `Database ${id}: ${text}`;
  return kind === "target" ? `${id} is ${text}` : `${id} ${text}`;
}

function toneOf(text: string): Tone {
  if (/^healthy\b|answers after|works again/.test(text)) return "good";
  if (/^unhealthy\b|could not|lost its power|is cut|by itself/.test(text)) return "bad";
  return /^draining\b|powered itself off|reboots|fails over|ended/.test(text) ? "warning" : "info";
}
