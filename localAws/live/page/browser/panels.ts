import type { Alarm, PageState } from "../model/page";
import { toneOfAlarm } from "../model/summary.ts";
import { actionButton } from "./actions.ts";
import { byId, h, keyedList, setAttribute, setText, type Shown } from "./dom.ts";
import { dollarsText, timeText } from "./format.ts";
import { icon, setIcon } from "./icons.ts";

/** Questions that AWS did not answer, in sentences. */
export function makeProblems() {
  const list = h("ul", { class: "problems" });
  byId("problems").append(list);
  const show = keyedList<PageState["problems"][number]>(
    list,
    ({ text }) => text,
    ({ text, since }) => ({
      element: h("li", {}, icon("warning"), h("span", { text: `${text} (since ${timeText(since)})` })),
      update: () => undefined,
    }),
  );
  return ({ problems }: PageState): void => {
    list.hidden = problems.length === 0;
    show(problems);
  };
}

export function makeAlarms() {
  const body = h("tbody");
  const table = h(
    "table",
    {},
    h("caption", { class: "hidden", text: "Alarms" }),
    h(
      "thead",
      {},
      h("tr", {}, ...["Alarm", "State", "Since"].map((text) => h("th", { scope: "col", text }))),
    ),
    body,
  );
  byId("alarms").append(h("h2", { id: "alarms-title", text: "Alarms" }), table);
  const show = keyedList<Alarm>(body, ({ name }) => name, alarmRow);
  return ({ alarms }: PageState): void => {
    show(alarms);
  };
}

function alarmRow({ name }: Alarm): Shown<Alarm> {
  const label = h("span", { title: name });
  const condition = h("span", { class: "note" });
  const sign = icon("info");
  const word = h("span");
  const state = h("td", {}, h("span", { class: "status" }, sign, word));
  const since = h("td");
  const element = h("tr", {}, h("th", { scope: "row" }, label, condition), state, since);
  return {
    element,
    update: (alarm) => {
      const tone = toneOfAlarm(alarm.state, alarm.scales);
      setText(label, alarm.label);
      // Auto Scaling's own descriptions only say who created the alarm.
      setText(condition, alarm.scales === null ? (alarm.description ?? alarm.condition) : alarm.condition);
      setText(word, alarm.state === "INSUFFICIENT_DATA" ? "no data" : alarm.state);
      setIcon(sign, tone);
      setAttribute(state, "data-tone", tone);
      setText(since, alarm.since === null ? "–" : timeText(alarm.since));
    },
  };
}

export function makeDatabase() {
  const list = h("dl");
  const buttons = h(
    "div",
    { class: "buttons actions", role: "group", "aria-label": "Actions for the database" },
    actionButton(
      "Cut off",
      "Servers lose the database until it is connected again: pages show an error.",
      () => ({ kind: "cutDatabase" }),
      "the database",
    ),
    actionButton("Connect again", undefined, () => ({ kind: "restoreDatabase" }), "the database"),
  );
  byId("database").append(h("h2", { id: "database-title", text: "Database" }), list, buttons);
  return ({ database, refresh }: PageState): void => {
    buttons.hidden = database === null;
    const rows =
      database === null
        ? [["State", "There is no database yet."]]
        : [
            ["State", database.state],
            ["Identifier", database.id],
            ["Engine", `${database.engine}, ${database.instanceClass}, ${database.storageGiB} GiB`],
            [
              "Zone",
              `${database.zone ?? "–"}${database.multiAz ? ", with a standby in another zone" : ", one zone"}`,
            ],
          ];
    const refreshed = refresh === null ? [] : [["Instance refresh", refreshText(refresh)]];
    list.replaceChildren(
      ...[...rows, ...refreshed].flatMap(([name, value]) => [
        h("dt", { text: name }),
        h("dd", { text: value }),
      ]),
    );
  };
}

function refreshText({ status, percent, reason }: NonNullable<PageState["refresh"]>): string {
  return `${status}${percent === null ? "" : `, ${percent} %`}${reason === null ? "" : `: ${reason}`}`;
}

export function makeCost() {
  const body = h("tbody");
  const total = h("td");
  const table = h(
    "table",
    {},
    h("caption", { class: "hidden", text: "Cost by the hour" }),
    h(
      "thead",
      {},
      h("tr", {}, h("th", { scope: "col", text: "Part" }), h("th", { scope: "col", text: "An hour" })),
    ),
    body,
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row", text: "Total" }), total)),
  );
  const note = h("p", { class: "note" });
  byId("cost").append(h("h2", { id: "cost-title", text: "Cost by the hour" }), table, note);
  return ({ cost, about }: PageState): void => {
    table.hidden = cost === null;
    setText(
      note,
      cost === null
        ? "AWS has not answered yet."
        : `AWS's list prices of ${cost.pricesAsOf}, without traffic.${about.where === "local" ? " On this machine it costs nothing." : ""}`,
    );
    body.replaceChildren(
      ...(cost?.parts ?? []).map(({ name, dollarsPerHour }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", text: name }),
          h("td", { text: dollarsPerHour === null ? "no price" : dollarsText(dollarsPerHour) }),
        ),
      ),
    );
    setText(total, cost === null ? "" : dollarsText(cost.dollarsPerHour));
  };
}

export function makePace() {
  const list = h("ul", { class: "plain" });
  byId("pace").append(h("h2", { id: "pace-title", text: "Pace" }), list);
  return ({ about, alarms, cpu }: PageState): void => {
    const conditions = alarms
      .filter(({ scales }) => scales !== null)
      .map(({ scales, condition }) => `The group scales ${scales ?? ""} at ${condition}.`);
    const period =
      cpu.periodSeconds === null
        ? []
        : [`CPU has a value each ${cpu.periodSeconds} s; AWS's detailed monitoring has one each 60 s.`];
    list.replaceChildren(...[...about.pace, ...period, ...conditions].map((text) => h("li", { text })));
  };
}
