import { dollarsText, durationText, percentText, rateText, timeText } from "../model/format";
import type { PageState, Server, TimelineEntry } from "../model/page";
import { standingOf } from "../model/standing";
import { errorRate, healthyCount, lastValue, presentValue } from "../model/summary";

/** The entries of the past that the first lines show. */
const pastEntries = 10;
const kindColumns = 9;

/**
 * The lines for what changed between two readings; without an earlier one, the stack as it is.
 *
 * @param now the time of the lines that have none of their own
 */
export function linesOf(before: PageState | undefined, after: PageState, now: number): readonly string[] {
  const line = (kind: string, text: string, at = now): string =>
    `${timeText(at, now)}  ${kind.padEnd(kindColumns)} ${text}`;
  if (before === undefined) {
    const { about, servers, timeline } = after;
    return [
      `Stack ${about.stack} in ${about.region}, ${about.where === "local" ? "this machine" : "AWS account, read only"}`,
      ...about.pace,
      ...newEntries([], timeline.slice(0, pastEntries)).map((entry) => entryLine(entry, timeline, line)),
      line("now", figuresText(after)),
      ...servers.map((server) => line("server", serverText(server, after, now))),
      ...problemTexts(undefined, after).map((text) => line("problem", text)),
    ];
  }
  return [
    ...newEntries(before.timeline, after.timeline).map((entry) => entryLine(entry, after.timeline, line)),
    ...changedServers(before, after).map((server) => line("server", serverText(server, after, now))),
    ...before.servers
      .filter(({ id }) => !after.servers.some((server) => server.id === id))
      .map(({ id }) => line("server", `${id} has ended`)),
    ...newMail(before, after).map(({ at, subject }) => line("mail", subject, at)),
    ...problemTexts(before, after).map((text) => line("problem", text)),
    ...(figuresText(before) === figuresText(after) ? [] : [line("now", figuresText(after))]),
  ];
}

function entryLine(
  entry: TimelineEntry,
  timeline: readonly TimelineEntry[],
  line: (kind: string, text: string, at: number) => string,
): string {
  const cause = timeline.find(({ id }) => id === entry.because);
  return line(
    entry.kind,
    `${entry.text}${cause === undefined ? "" : ` (because of: ${cause.text})`}`,
    entry.at,
  );
}

/** In the order of time. An activity that has ended is an entry of its own. */
function newEntries(
  before: readonly TimelineEntry[],
  after: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const known = new Set(before.map(({ id, text }) => `${id} ${text}`));
  return after.filter(({ id, text }) => !known.has(`${id} ${text}`)).toReversed();
}

function changedServers(before: PageState, after: PageState): readonly Server[] {
  const known = new Map(before.servers.map((server) => [server.id, textOf(server)]));
  return after.servers.filter((server) => known.get(server.id) !== textOf(server));
}

function textOf(server: Server): string {
  const { word, reason } = standingOf(server);
  return reason === null ? word : `${word} (${reason})`;
}

function serverText(server: Server, { cpu }: PageState, now: number): string {
  const value = presentValue(cpu.servers[server.id] ?? [], cpu.periodSeconds, now);
  return [
    `${server.id} ${textOf(server)}`,
    server.zone,
    ...(server.launchedAt === null ? [] : [`age ${durationText(now - server.launchedAt)}`]),
    ...(value === undefined ? [] : [`CPU ${percentText(value)}`]),
  ].join(", ");
}

function newMail(before: PageState, after: PageState) {
  const known = new Set((before.mail ?? []).map(({ id }) => id));
  return (after.mail ?? []).filter(({ id }) => !known.has(id)).toReversed();
}

function problemTexts(before: PageState | undefined, after: PageState): readonly string[] {
  const known = new Set((before?.problems ?? []).map(({ text }) => text));
  const now = new Set(after.problems.map(({ text }) => text));
  return [
    ...[...now].filter((text) => !known.has(text)),
    ...[...known].filter((text) => !now.has(text)).map((text) => `Ended: ${text}`),
  ];
}

/** `1 of 2 servers healthy (min 1, max 4), CPU 96 % of target 80 %, 20 requests/s, 0.5 errors/s, database available, …` */
function figuresText(state: PageState): string {
  const { group, cpu, traffic, database, cost } = state;
  const value = lastValue(cpu.group);
  const target = cpu.target === null ? "" : ` of target ${percentText(cpu.target)}`;
  const requests = lastValue(traffic.requests);
  const errors = errorRate(state);
  return [
    group === null
      ? "no group"
      : `${healthyCount(state)} of ${group.desired} servers healthy (min ${group.min}, max ${group.max})`,
    ...(value === undefined ? [] : [`CPU ${percentText(value)}${target}`]),
    ...(requests === undefined ? [] : [`${rateText(requests)} requests/s`]),
    ...(errors === undefined ? [] : [`${rateText(errors)} errors/s`]),
    ...(database === null ? [] : [`database ${database.state}`]),
    ...(cost === null ? [] : [`${dollarsText(cost.dollarsPerHour)} an hour`]),
  ].join(", ");
}
