import type { PageState } from "../model/page";
import { lastValue } from "../model/summary.ts";
import { periodText } from "./capacity.ts";
import { makeChart, type Line } from "./chart.ts";
import { percentText, rateText } from "./format.ts";

const colors = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"];
const dashes = [[], [8, 4], [3, 3], [12, 4, 3, 4], [1, 4], [16, 6]];

/** CPU of the group and of each server against the target. */
export function makeCpuChart() {
  const show = makeChart({
    section: "cpu",
    title: "CPU",
    textOf: percentText,
    tickOf: (value) => `${value} %`,
    top: () => 100,
  });
  /** A server keeps its colour while others come and go. */
  const numbers = new Map<string, number>();
  return ({ cpu, servers }: PageState): void => {
    const target = cpu.target;
    const lines = servers.map(({ id }): Line => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return {
        name: id,
        series: cpu.servers[id] ?? [],
        color: colors[number % colors.length] ?? "--line-1",
        dash: dashes[number % dashes.length] ?? [],
        width: 1.5,
      };
    });
    const group: Line = { name: "group", series: cpu.group, color: "--text", dash: [], width: 2.5 };
    const now = lastValue(cpu.group);
    const against = target === null ? "There is no target" : `The target is ${percentText(target)}`;
    const side =
      now === undefined || target === null
        ? ""
        : now > target
          ? ", above the target"
          : ", not above the target";
    const each = lines.map(({ name, series }) => `${name} ${valueText(series, percentText)}`).join(", ");
    show({
      lines: [group, ...lines],
      level: target === null ? undefined : { value: target, name: "target" },
      summary: `The group is at ${valueText(cpu.group, percentText)}${side}. ${against}. ${each}`,
      note: `${periodText(cpu.periodSeconds)}${target === null ? "" : `, target ${percentText(target)} dotted`}`,
    });
  };
}

/** Requests and errors a second at the load balancer. */
export function makeTrafficChart() {
  const show = makeChart({
    section: "traffic",
    title: "Requests and errors a second",
    textOf: rateText,
    tickOf: (value) => `${value}`,
    top: (highest) => Math.max(1, highest * 1.15),
  });
  return ({ traffic }: PageState): void => {
    const lines: readonly Line[] = [
      { name: "requests", series: traffic.requests, color: "--line-1", dash: [], width: 2 },
      { name: "5xx of servers", series: traffic.targetErrors, color: "--bad", dash: [8, 4], width: 2 },
      {
        name: "5xx of the load balancer",
        series: traffic.balancerErrors,
        color: "--warning",
        dash: [3, 3],
        width: 2,
      },
    ];
    show({
      lines,
      summary: lines.map(({ name, series }) => `${name} ${valueText(series, rateText)}`).join(", "),
      note: periodText(traffic.periodSeconds),
    });
  };
}

function valueText(series: Line["series"], textOf: (value: number) => string): string {
  const value = lastValue(series);
  return value === undefined ? "no data" : textOf(value);
}
