import type { PageState, Series, Tone } from "../model/page";
import { standingOf } from "../model/standing.ts";
import { errorRate, healthyCount, lastValue } from "../model/summary.ts";
import { byId, h, setAttribute, setText } from "./dom.ts";
import { dollarsText, percentText, rateText } from "./format.ts";
import { icon, setIcon } from "./icons.ts";

/** The figures at the top: each is one number, and what it must be compared with. */
export function makeFigures() {
  const servers = figure("Healthy servers");
  const slots = h("span", { class: "slots", "aria-hidden": "true" });
  servers.element.append(slots);
  const cpu = figure("CPU of the group");
  const requests = figure("Requests");
  const errors = figure("Errors 5xx");
  const database = figure("Database");
  const cost = figure("Cost now");
  const list = h("ul", { class: "figures" });
  for (const { element } of [servers, cpu, requests, errors, database, cost]) list.append(element);
  byId("figures").append(list);
  return (state: PageState): void => {
    showServers(state, servers, slots);
    showCpu(state, cpu);
    const { traffic } = state;
    requests.show(
      last(traffic.requests, (value) => `${rateText(value)} /s`),
      periodText(traffic.periodSeconds),
      "info",
    );
    const failing = errorRate(state);
    errors.show(
      failing === undefined ? "–" : `${rateText(failing)} /s`,
      "of servers and load balancer",
      failing === undefined ? "info" : failing > 0 ? "bad" : "good",
    );
    const available = state.database?.state === "available";
    database.show(
      state.database?.state ?? "–",
      state.database?.instanceClass ?? "",
      available ? "good" : "warning",
    );
    cost.show(
      state.cost === null ? "–" : dollarsText(state.cost.dollarsPerHour),
      "an hour, AWS's list prices",
      "info",
    );
  };
}

function showServers({ group, servers }: PageState, servers_: Figure, slots: HTMLElement): void {
  const standings = servers.map(standingOf);
  const healthy = healthyCount({ servers });
  if (group === null) {
    servers_.show("–", "no group", "info");
    slots.replaceChildren();
    return;
  }
  const { min, desired, max } = group;
  const tone: Tone = healthy === 0 && desired > 0 ? "bad" : healthy < desired ? "warning" : "good";
  servers_.show(`${healthy} of ${desired}`, `min ${min}, desired ${desired}, max ${max}`, tone);
  const tones = standings.map((standing) => standing.tone);
  const count = Math.min(Math.max(max, tones.length), mostSlots);
  slots.replaceChildren(
    ...Array.from({ length: count }, (_, index) =>
      h("span", { class: index < desired ? "slot wanted" : "slot", "data-tone": tones[index] }),
    ),
  );
}

const mostSlots = 16;

function showCpu({ cpu }: PageState, figure_: Figure): void {
  const value = lastValue(cpu.group);
  const target = cpu.target === null ? "no target" : `target ${percentText(cpu.target)}`;
  const tone: Tone =
    value === undefined || cpu.target === null ? "info" : value > cpu.target ? "warning" : "good";
  figure_.show(
    value === undefined ? "–" : percentText(value),
    `${target}, ${periodText(cpu.periodSeconds)}`,
    tone,
  );
}

export function periodText(periodSeconds: number | null): string {
  return periodSeconds === null ? "no data yet" : `each ${periodSeconds} s`;
}

function last(series: Series, textOf: (value: number) => string): string {
  const value = lastValue(series);
  return value === undefined ? "–" : textOf(value);
}

interface Figure {
  readonly element: HTMLElement;
  readonly show: (value: string, note: string, tone: Tone) => void;
}

function figure(label: string): Figure {
  const sign = icon("info");
  const value = h("span", { class: "value" });
  const note = h("span", { class: "note" });
  const element = h("li", { class: "figure" }, h("span", { class: "label" }, sign, label), value, note);
  return {
    element,
    show: (text, noteText, tone) => {
      setText(value, text);
      setText(note, noteText);
      setIcon(sign, tone);
      setAttribute(element, "data-tone", tone);
    },
  };
}
