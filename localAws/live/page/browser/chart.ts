import uPlot from "uplot";

import type { Series } from "../model/page";
import { byId, h, setAttribute, setText } from "./dom.ts";
import { serverNow, timeText } from "./format.ts";

/** One line of a chart. */
export interface Line {
  readonly name: string;
  readonly series: Series;
  /** A custom property of the style sheet. */
  readonly color: string;
  /** Lines differ in their dashes, too. */
  readonly dash: readonly number[];
  readonly width: number;
}

export interface ChartOptions {
  /** The id of the section. */
  readonly section: string;
  readonly title: string;
  readonly textOf: (value: number) => string;
  /** A value on the axis, which has round ones. */
  readonly tickOf: (value: number) => string;
  /** The top of the axis, for given values. */
  readonly top: (highest: number) => number;
}

/** What the chart shows. */
export interface ChartContent {
  readonly lines: readonly Line[];
  /** A level across the chart. */
  readonly level?: { readonly value: number; readonly name: string } | undefined;
  /** The same in a sentence, for a screen reader. */
  readonly summary: string;
  readonly note: string;
}

const height = 200;
const rows = 15;
const rangeSeconds = { "15 min": 900, "1 h": 3_600 } as const;
type Range = keyof typeof rangeSeconds;

/** A chart with a legend, a sentence that has the same, and its values as a table. */
export function makeChart(options: ChartOptions): (content: ChartContent) => void {
  const { section, title } = options;
  const note = h("span", { class: "note" });
  const canvas = h("div", { class: "chart", role: "img" });
  const legend = h("ul", { class: "legend" });
  const table = h("table");
  const details = h(
    "details",
    {},
    h("summary", { text: "Values as a table" }),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": `${title}: values` }, table),
  );
  let range: Range = "15 min";
  let content: ChartContent | undefined;
  let plot: uPlot | undefined;
  let shape = "";

  const draw = (): void => {
    if (content === undefined) return;
    const wanted = shapeOf(content, canvas.clientWidth);
    const data = dataOf(content, range);
    if (plot === undefined || wanted !== shape) {
      plot?.destroy();
      plot = new uPlot(plotOptions(options, content, canvas.clientWidth), data, canvas);
      shape = wanted;
    }
    plot.setData(data, false);
    plot.batch(() => {
      const now = serverNow() / 1000;
      plot?.setScale("x", { min: now - rangeSeconds[range], max: now });
      plot?.setScale("y", { min: 0, max: topOf(options, data, content?.level?.value) });
    });
  };

  const ranges = rangeChoice(section, range, (chosen) => {
    range = chosen;
    draw();
  });
  byId(section).append(
    h("div", { class: "panel-top" }, h("h2", { id: `${section}-title`, text: title }), note, ranges),
    h("figure", {}, canvas, h("figcaption", {}, legend)),
    details,
  );
  new ResizeObserver(draw).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    shape = "";
    draw();
  });
  setInterval(draw, 5_000);

  return (next) => {
    content = next;
    setText(note, next.note);
    setAttribute(canvas, "aria-label", `${title}. ${next.summary}`);
    legend.replaceChildren(...next.lines.map((line) => legendItem(line, options)));
    showTable(table, next, options);
    draw();
  };
}

function rangeChoice(section: string, chosen: Range, choose: (range: Range) => void): HTMLElement {
  const name = `${section}-range`;
  const all: readonly Range[] = ["15 min", "1 h"];
  const choices = all.map((range) => {
    const input = h("input", { type: "radio", name, id: `${name}-${range.replace(" ", "")}` });
    input.checked = range === chosen;
    input.addEventListener("change", () => {
      choose(range);
    });
    return h("label", {}, input, h("span", { text: range }));
  });
  return h("fieldset", { class: "ranges" }, h("legend", { class: "hidden", text: "Range" }), ...choices);
}

/** What needs another plot: the lines and the width. Their values do not. */
function shapeOf({ lines, level }: ChartContent, width: number): string {
  return JSON.stringify([lines.map(({ name, color, dash }) => [name, color, dash]), level, width]);
}

function plotOptions({ tickOf }: ChartOptions, { lines, level }: ChartContent, width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color("--muted"),
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return {
    width: Math.max(width, 200),
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: true, auto: false }, y: { auto: false } },
    axes: [
      {
        ...axis,
        values: (_plot, values) => values.map((at) => timeText(at * 1000).slice(-8, -3)),
        space: 60,
      },
      { ...axis, values: (_plot, values) => values.map(tickOf), size: 56 },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.name,
        stroke: color(line.color),
        width: line.width,
        dash: [...line.dash],
        spanGaps: true,
        points: { show: false },
      })),
      ...(level === undefined
        ? []
        : [
            { label: level.name, stroke: color("--target"), width: 2, dash: [2, 4], points: { show: false } },
          ]),
    ],
  };
}

/** All series on the same times; a series without a value there has none. */
function dataOf({ lines, level }: ChartContent, range: Range): uPlot.AlignedData {
  const now = serverNow();
  const first = now - rangeSeconds[range] * 1000;
  const all = new Set(
    lines.flatMap(({ series }) => series.map(([at]) => at)).filter((at) => at >= first - 120_000),
  );
  if (level !== undefined) all.add(first).add(now);
  const times = [...all].sort((one, other) => one - other);
  const values = lines.map(({ series }) => {
    const known = new Map(series);
    return times.map((at) => known.get(at) ?? null);
  });
  const levels = level === undefined ? [] : [times.map(() => level.value)];
  return [times.map((at) => at / 1000), ...values, ...levels];
}

function topOf({ top }: ChartOptions, [, ...all]: uPlot.AlignedData, level = 0): number {
  const highest = all
    .flatMap((values) => [...values].map((value) => value ?? 0))
    .reduce((most, value) => Math.max(most, value), level);
  return top(highest);
}

function legendItem({ name, series, color, dash, width }: Line, { textOf }: ChartOptions): HTMLElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 28 8");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", "M0 4h28");
  line.setAttribute("stroke-dasharray", dash.join(" "));
  line.setAttribute("stroke-width", `${width}`);
  line.style.stroke = `var(${color})`;
  svg.append(line);
  const last = series.at(-1)?.[1];
  return h("li", {}, svg, h("span", { text: `${name}: ${last === undefined ? "no data" : textOf(last)}` }));
}

function showTable(table: HTMLTableElement, { lines }: ChartContent, { title, textOf }: ChartOptions): void {
  const times = [...new Set(lines.flatMap(({ series }) => series.map(([at]) => at)))].sort(
    (one, other) => other - one,
  );
  const head = h(
    "tr",
    {},
    h("th", { scope: "col", text: "Time" }),
    ...lines.map(({ name }) => h("th", { scope: "col", text: name })),
  );
  const known = lines.map(({ series }) => new Map(series));
  const body = times.slice(0, rows).map((at) =>
    h(
      "tr",
      {},
      h("th", { scope: "row", text: timeText(at) }),
      ...known.map((values) => {
        const value = values.get(at);
        return h("td", { text: value === undefined ? "–" : textOf(value) });
      }),
    ),
  );
  table.replaceChildren(
    h("caption", { class: "hidden", text: title }),
    h("thead", {}, head),
    h("tbody", {}, ...body),
  );
}
