import { byId, h, keyedList, setAttribute, setText } from "../../../localAws/live/page/browser/dom.ts";
import type { Labels, Tile } from "../model";
import { makeTile } from "./tile.ts";

interface State {
  readonly labels: Labels;
  readonly count: number;
  readonly tiles: readonly Tile[];
}

const live = h("span", { class: "live", role: "status" });
const title = h("h1");
const place = h("span", { class: "badge" });
const counts = h("p");
const help = document.createElement("input");
help.type = "checkbox";
help.id = "help";
const helpLabel = h("label", { for: "help" });
byId("top").append(h("div", { class: "names" }, title, place, live));
byId("summary").append(counts, h("div", {}, help, helpLabel));

let state: State | undefined;
let show: ((tiles: readonly Tile[]) => void) | undefined;

help.addEventListener("change", filter);

const source = new EventSource("events");
source.addEventListener("open", () => {
  connection(true);
});
source.addEventListener("error", () => {
  connection(false);
});
source.addEventListener("state", (event: MessageEvent<string>) => {
  const read: unknown = JSON.parse(event.data);
  if (!isState(read)) throw new TypeError("The server sent no class.");
  const { labels } = read;
  state = read;
  show ??= keyedList(
    byId("tiles"),
    (tile) => tile.id,
    (tile) => makeTile(tile, labels),
  );
  setText(title, labels.title);
  setText(place, labels.place);
  setText(helpLabel, ` ${labels.help}`);
  connection(true);
  draw();
});
source.addEventListener("student", (event: MessageEvent<string>) => {
  const read: unknown = JSON.parse(event.data);
  if (state === undefined || !isTile(read)) return;
  const before = state.tiles.find(({ id }) => id === read.id);
  if (before?.state !== read.state) setText(byId("news"), `${read.name}: ${read.state}`);
  const tiles = state.tiles.map((tile) => (tile.id === read.id ? read : tile));
  state = { ...state, tiles };
  draw();
});

function draw(): void {
  if (state === undefined) return;
  const { labels, tiles } = state;
  const states = new Map<string, number>();
  for (const tile of tiles) states.set(tile.state, (states.get(tile.state) ?? 0) + 1);
  const each = [...states].map(([name, count]) => `${name} ${String(count)}`);
  setText(counts, [`${String(tiles.length)} ${labels.students}`, ...each].join(" · "));
  show?.(tiles);
  filter();
  document.body.classList.add("ready");
}

function filter(): void {
  for (const tile of byId("tiles").children) {
    if (tile instanceof HTMLElement) tile.hidden = help.checked && tile.dataset["help"] !== "yes";
  }
}

function connection(connected: boolean): void {
  setAttribute(live, "data-tone", connected ? "good" : "warning");
  const text = connected ? state?.labels.live : state?.labels.reconnecting;
  setText(live, text ?? "…");
  document.body.classList.toggle("stale", !connected);
}

/** The server and this page are of one start: it is enough to check what tells one event from another. */
function isState(value: unknown): value is State {
  return typeof value === "object" && value !== null && "labels" in value && "tiles" in value;
}

function isTile(value: unknown): value is Tile {
  return typeof value === "object" && value !== null && "id" in value && "pageUrl" in value;
}
