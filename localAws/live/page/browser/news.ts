import type { Tone } from "../model/page";
import { byId, h } from "./dom.ts";
import { icon } from "./icons.ts";

/** A screen reader reads one text at a time: news of the same moment are read together. */
const gatherMilliseconds = 1_500;
const shownMilliseconds = 8_000;
let waiting: string[] = [];

/** What a screen reader reads politely. */
export function say(text: string): void {
  waiting.push(text);
  if (waiting.length > 1) return;
  setTimeout(() => {
    const line = h("span", { text: `${waiting.join(". ")}.` });
    waiting = [];
    byId("news").replaceChildren(line);
  }, gatherMilliseconds);
}

/** The result of an action: seen for a moment, and read. */
export function announce(text: string, tone: Tone): void {
  say(text);
  const note = h(
    "div",
    { class: "toast", "data-tone": tone, "aria-hidden": "true" },
    icon(tone),
    h("span", { text }),
  );
  document.body.append(note);
  setTimeout(() => {
    note.remove();
  }, shownMilliseconds);
}
