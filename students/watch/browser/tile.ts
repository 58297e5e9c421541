import { h, setAttribute, setText, type Shown } from "../../../localAws/live/page/browser/dom.ts";
import { icon } from "../../../localAws/live/page/browser/icons.ts";
import type { Labels, Tile } from "../model";

/** A student's tile. */
export function makeTile({ id, name }: Tile, labels: Labels): Shown<Tile> {
  const status = h("p", { class: "status" });
  const detail = h("p", { class: "note" });
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", `${labels.points}: ${name}`);
  const points = h("dd");
  const cost = h("dd");
  const credentials = h("dd");
  const wrong = h("p", { class: "wrong", tabindex: "0" });
  const site = link(labels.site, name);
  const servers = link(labels.servers, name);
  const element = h(
    "li",
    {},
    h(
      "article",
      { class: "tile", "aria-label": `${name} ${id}` },
      h("div", { class: "tile-top" }, h("h2", {}, `${name} `, h("span", { text: id })), status),
      detail,
      bar,
      h(
        "dl",
        {},
        h("dt", { text: labels.points }),
        points,
        h("dt", { text: labels.cost }),
        cost,
        h("dt", { text: labels.credentials }),
        credentials,
      ),
      wrong,
      h("div", { class: "tile-links" }, servers, site),
    ),
  );
  return {
    element,
    update: (tile) => {
      setAttribute(element, "data-tone", tile.tone);
      setAttribute(element, "data-help", tile.tone === "bad" || tile.tone === "warning" ? "yes" : "no");
      if (status.textContent !== tile.state) status.replaceChildren(icon(tile.tone), tile.state);
      setText(detail, tile.detail);
      detail.hidden = tile.detail === "";
      bar.hidden = tile.points === null;
      bar.max = tile.points?.possible ?? 1;
      bar.value = tile.points?.got ?? 0;
      setText(points, tile.points?.text ?? "–");
      setText(cost, tile.cost === "" ? "–" : tile.cost);
      setText(credentials, expiryText(tile.credentialsExpireAt, labels));
      setText(wrong, tile.problems.join("\n"));
      wrong.hidden = tile.problems.length === 0;
      setAttribute(servers, "href", tile.pageUrl);
      site.hidden = tile.siteUrl === null || !/^https?:\/\//.test(tile.siteUrl);
      if (tile.siteUrl !== null) setAttribute(site, "href", tile.siteUrl);
    },
  };
}

function link(text: string, name: string): HTMLAnchorElement {
  return h("a", { text, "aria-label": `${text}: ${name}`, target: "_blank", rel: "noopener noreferrer" });
}

function expiryText(at: string | null, { language, ended }: Labels): string {
  if (at === null) return "–";
  const time = new Date(at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
  return Date.parse(at) < Date.now() ? `${time}, ${ended}` : time;
}
