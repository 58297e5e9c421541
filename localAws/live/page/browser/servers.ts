import type { OtherServer, PageState, Server } from "../model/page";
import { standingOf } from "../model/standing.ts";
import { presentValue } from "../model/summary.ts";
import { actionButton } from "./actions.ts";
import { byId, h, keyedList, setAttribute, setText, type Shown } from "./dom.ts";
import { durationText, percentText, plural, serverNow } from "./format.ts";
import { icon, setIcon } from "./icons.ts";

/** What a card shows: a server with its CPU and the group's target. */
interface Card {
  readonly server: Server;
  readonly cpu: number | undefined;
  readonly target: number | null;
}

interface Zone {
  readonly name: string;
  readonly cards: readonly Card[];
}

/** The servers of the group, one column for each Availability Zone. */
export function makeServers() {
  const note = h("p", { class: "note" });
  const zones = h("div", { class: "zones" });
  const others = h("ul", { class: "others" });
  const othersTitle = h("h3", { text: "Other instances of the VPC" });
  byId("servers").append(h("h2", { id: "servers-title", text: "Servers" }), note, zones, othersTitle, others);
  const showZones = keyedList<Zone>(zones, ({ name }) => name, zoneColumn);
  const showOthers = keyedList<OtherServer>(others, ({ id }) => id, otherLine);
  return ({ group, servers, others: rest, cpu }: PageState): void => {
    setText(
      note,
      group === null
        ? "There is no Auto Scaling group yet."
        : `Group ${group.name}: ${group.healthCheckType} health check, grace period ${group.graceSeconds} s` +
            (group.suspended.length === 0 ? "" : `. Suspended: ${group.suspended.join(", ")}`),
    );
    const names = [...new Set([...(group?.zones ?? []), ...servers.map(({ zone }) => zone)])].sort();
    showZones(
      names.map((name) => ({
        name,
        cards: servers
          .filter(({ zone }) => zone === name)
          .map((server) => ({
            server,
            cpu: presentValue(cpu.servers[server.id] ?? [], cpu.periodSeconds, serverNow()),
            target: cpu.target,
          })),
      })),
    );
    othersTitle.hidden = rest.length === 0;
    others.hidden = rest.length === 0;
    showOthers(rest);
  };
}

function zoneColumn({ name }: Zone): Shown<Zone> {
  const count = h("span", { class: "note" });
  const list = h("ul", { class: "cards", "aria-label": `Servers in ${name}` });
  const empty = h("p", { class: "empty", text: "No server in this zone." });
  const show = keyedList<Card>(list, ({ server }) => server.id, card);
  return {
    element: h("div", { class: "zone" }, h("h3", {}, name, " ", count), list, empty),
    update: ({ cards }) => {
      setText(count, plural(cards.length, "server"));
      empty.hidden = cards.length > 0;
      list.hidden = cards.length === 0;
      show(cards);
    },
  };
}

function card({ server: { id } }: Card): Shown<Card> {
  const sign = icon("info");
  const word = h("span");
  const age = h("span", { class: "age" });
  const reason = h("p", { class: "reason" });
  const facts = h("p", { class: "facts" });
  const locked = h("p", { class: "facts" }, icon("lock"), "Protected from scale-in");
  const meter = cpuMeter(id);
  const element = h(
    "li",
    { class: "card" },
    h("div", { class: "card-top" }, h("span", { class: "status" }, sign, word), age),
    h("p", { class: "mono", text: id }),
    meter.element,
    reason,
    facts,
    locked,
    serverButtons(id),
  );
  return {
    element,
    update: ({ server, cpu, target }) => {
      const standing = standingOf(server);
      setAttribute(element, "data-tone", standing.tone);
      setIcon(sign, standing.tone);
      setText(word, standing.word);
      setText(reason, standing.reason ?? "");
      reason.hidden = standing.reason === null;
      setText(facts, factsOf(server).join(", "));
      locked.hidden = !server.protectedFromScaleIn;
      setAge(age, server.launchedAt);
      meter.update(cpu, target);
    },
  };
}

function factsOf({ type, privateIp, templateVersion, checks, lifecycle, state }: Server): readonly string[] {
  return [
    type,
    ...(privateIp === null ? [] : [privateIp]),
    ...(templateVersion === null ? [] : [`template version ${templateVersion}`]),
    `${state}, ${lifecycle}`,
    ...(checks === null
      ? []
      : [
          `status checks ${checks.system === checks.instance ? checks.system : `${checks.system} and ${checks.instance}`}`,
        ]),
  ];
}

/** The bar is for the eye; its text has the same. */
function cpuMeter(id: string) {
  const bar = h("span", { class: "bar" });
  const mark = h("span", { class: "mark" });
  const track = h(
    "span",
    {
      class: "meter",
      role: "meter",
      "aria-label": `CPU of ${id}`,
      "aria-valuemin": "0",
      "aria-valuemax": "100",
      "aria-valuenow": "0",
    },
    bar,
    mark,
  );
  const text = h("span", { class: "meter-text" });
  return {
    element: h("div", { class: "cpu" }, text, track),
    update: (cpu: number | undefined, target: number | null): void => {
      const against = target === null ? "" : ` of target ${percentText(target)}`;
      setText(text, cpu === undefined ? "CPU: no data" : `CPU ${percentText(cpu)}${against}`);
      bar.style.width = `${Math.min(100, cpu ?? 0)}%`;
      mark.hidden = target === null;
      if (target !== null) mark.style.left = `${target}%`;
      setAttribute(track, "aria-valuenow", (cpu ?? 0).toFixed(0));
      setAttribute(track, "aria-valuetext", text.textContent);
      setAttribute(
        track,
        "data-tone",
        cpu !== undefined && target !== null && cpu > target ? "warning" : "good",
      );
    },
  };
}

function serverButtons(serverId: string): HTMLElement {
  return h(
    "div",
    { class: "buttons actions", role: "group", "aria-label": `Actions for ${serverId}` },
    actionButton("Load", undefined, () => ({ kind: "load", serverId }), serverId),
    actionButton("Stop load", undefined, () => ({ kind: "unload", serverId }), serverId),
    actionButton(
      "End",
      "EC2 terminates the server after it drained; its disk is lost. The group replaces it.",
      () => ({ kind: "end", serverId }),
      serverId,
    ),
    actionButton(
      "Cut power",
      "The server stops at once, in the middle of its requests. Health checks must find it.",
      () => ({ kind: "cutPower", serverId }),
      serverId,
    ),
  );
}

function otherLine({ id }: OtherServer): Shown<OtherServer> {
  const text = h("span");
  const age = h("span", { class: "age" });
  return {
    element: h("li", {}, h("span", { class: "mono", text: id }), text, age),
    update: ({ name, zone, type, state, launchedAt }) => {
      setText(text, [name, type, zone, state].filter((part) => part !== null).join(", "));
      setAge(age, launchedAt);
    },
  };
}

function setAge(element: HTMLElement, launchedAt: number | null): void {
  setAttribute(element, "data-since", launchedAt === null ? null : `${launchedAt}`);
  showAge(element);
}

function showAge(element: Element): void {
  const since = element.getAttribute("data-since");
  setText(element, since === null ? "" : durationText(serverNow() - Number(since)));
}

/** Ages change without news from the server. */
export function keepAges(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll("[data-since]")) showAge(element);
  }, 1_000);
}
