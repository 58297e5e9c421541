import type { EntryKind, PageState, TimelineEntry } from "../model/page";
import { byId, h, keyedList, setAttribute, setText, type Shown } from "./dom.ts";
import { timeText } from "./format.ts";
import { icon, setIcon } from "./icons.ts";
import { say } from "./news.ts";

const kinds: Readonly<Record<EntryKind, string>> = {
  metric: "Metric",
  alarm: "Alarm",
  scaling: "Scaling activity",
  boot: "Instance",
  health: "Health",
  database: "Database",
  refresh: "Refresh",
  size: "Size",
  region: "Machine",
};

/** An entry with the one that caused it. */
interface Linked {
  readonly entry: TimelineEntry;
  readonly cause: TimelineEntry | undefined;
}

/** One timeline, newest first: each entry says what it is, when, and what caused it. */
export function makeTimeline() {
  const list = h("ol", { class: "timeline" });
  const empty = h("p", { class: "empty", text: "Nothing has happened yet." });
  byId("timeline").append(
    h(
      "div",
      { class: "panel-top" },
      h("h2", { id: "timeline-title", text: "Timeline" }),
      h("span", { class: "note", text: "newest first" }),
    ),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": "Entries of the timeline" },
      list,
      empty,
    ),
  );
  const show = keyedList<Linked>(list, ({ entry }) => entry.id, entryItem);
  let known: Set<string> | undefined;
  return ({ timeline }: PageState): void => {
    const byEntry = new Map(timeline.map((entry) => [entry.id, entry]));
    show(
      timeline.map((entry) => ({
        entry,
        cause: entry.because === null ? undefined : byEntry.get(entry.because),
      })),
    );
    empty.hidden = timeline.length > 0;
    if (known !== undefined) {
      for (const { id, kind, text } of timeline.toReversed())
        if (!known.has(id)) say(`${kinds[kind]}: ${text}`);
    }
    known = new Set(byEntry.keys());
  };
}

function entryItem({ entry: { id, kind, at } }: Linked): Shown<Linked> {
  const time = h("time", { datetime: new Date(at).toISOString(), text: timeText(at) });
  const sign = icon("info");
  const text = h("p", { class: "text" });
  const cause = h("a", { class: "cause" });
  const because = h("p", { class: "because" }, "because of ", cause);
  const words = h("p");
  const details = h("details", {}, h("summary", { text: "AWS's words" }), words);
  const element = h(
    "li",
    { id: anchorOf(id), class: "entry", tabindex: "-1" },
    h("span", { class: "kind-icon" }, icon(kind)),
    h(
      "div",
      { class: "entry-body" },
      h("p", { class: "entry-top" }, time, h("span", { class: "kind" }, sign, kinds[kind])),
      text,
      because,
      details,
    ),
  );
  cause.addEventListener("click", (event) => {
    event.preventDefault();
    const target = document.getElementById(cause.hash.slice(1));
    target?.scrollIntoView({ block: "center", behavior: "instant" });
    target?.focus();
  });
  return {
    element,
    update: ({ entry, cause: earlier }) => {
      setAttribute(element, "data-tone", entry.tone);
      setIcon(sign, entry.tone);
      setText(text, entry.text);
      setText(words, entry.detail ?? "");
      details.hidden = entry.detail === null;
      because.hidden = earlier === undefined;
      setText(cause, earlier === undefined ? "" : `${earlier.text} (${timeText(earlier.at)})`);
      if (earlier !== undefined) setAttribute(cause, "href", `#${anchorOf(earlier.id)}`);
    },
  };
}

function anchorOf(id: string): string {
  return `entry-${id.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
}
