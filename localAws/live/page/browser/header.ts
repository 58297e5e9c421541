import type { PageState } from "../model/page";
import { actionButton } from "./actions.ts";
import { byId, h, setAttribute, setText } from "./dom.ts";

/** The stack, whether the page is connected, the site, and the group's pause. */
export function makeHeader() {
  const title = h("h1", { text: "…" });
  const place = h("span", { class: "badge" });
  const live = h("span", { class: "live", role: "status", text: "connecting" });
  const site = h("a", { class: "site", target: "_blank", rel: "noopener noreferrer", text: "Open the site" });
  const pause = actionButton(
    "Pause",
    "Sets minimum, desired and maximum to 0: all servers end, the database stays.",
    () => ({
      kind: "pause",
    }),
  );
  const resume = actionButton("Resume", undefined, () => ({ kind: "resume" }));
  const buttons = h("div", { class: "buttons", role: "group", "aria-label": "Group" }, pause, resume);
  buttons.hidden = true;
  site.hidden = true;
  byId("top").append(
    h("div", { class: "names" }, title, place, live),
    h("div", { class: "links" }, site, buttons),
  );
  return {
    connection: (connected: boolean): void => {
      setText(live, connected ? "live" : "reconnecting");
      setAttribute(live, "data-tone", connected ? "good" : "warning");
      document.body.classList.toggle("stale", !connected);
    },
    actions: (allowed: boolean): void => {
      buttons.hidden = !allowed;
    },
    show: ({ about, group }: PageState): void => {
      setText(title, `Stack ${about.stack}`);
      const where = about.where === "local" ? "this machine" : "AWS account, read only";
      setText(place, `${about.region}, ${where}`);
      site.hidden = about.siteUrl === null || !/^https?:\/\//.test(about.siteUrl);
      if (!site.hidden && about.siteUrl !== null) setAttribute(site, "href", about.siteUrl);
      const paused = group !== null && group.max === 0;
      pause.hidden = group === null || paused;
      resume.hidden = !paused;
    },
  };
}
