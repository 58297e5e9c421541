import type { PageState, Section } from "../model/page";
import { makeFigures } from "./capacity.ts";
import { makeCpuChart, makeTrafficChart } from "./charts.ts";
import { connect } from "./connection.ts";
import { makeHeader } from "./header.ts";
import { makeMailbox } from "./mailbox.ts";
import { makeAlarms, makeCost, makeDatabase, makePace, makeProblems } from "./panels.ts";
import { keepAges, makeServers } from "./servers.ts";
import { makeTimeline } from "./timeline.ts";

type Show = (state: PageState) => void;

const header = makeHeader();

/** Each part of the page, with the sections that it shows. */
const parts: readonly (readonly [Show, readonly Section[]])[] = [
  [header.show, ["about", "group"]],
  [makeProblems(), ["problems"]],
  [makeFigures(), ["group", "servers", "cpu", "traffic", "database", "cost"]],
  [makeServers(), ["group", "servers", "others", "cpu"]],
  [makeCpuChart(), ["cpu", "servers"]],
  [makeTrafficChart(), ["traffic"]],
  [makeTimeline(), ["timeline"]],
  [makeAlarms(), ["alarms"]],
  [makeMailbox(), ["mail"]],
  [makeDatabase(), ["database", "refresh"]],
  [makeCost(), ["cost", "about"]],
  [makePace(), ["about", "alarms", "cpu"]],
];

keepAges();
connect({
  onChange: (state, change) => {
    for (const [show, sections] of parts) if (sections.some((section) => section in change)) show(state);
    document.body.classList.add("ready");
  },
  onConnection: header.connection,
  onActions: (allowed) => {
    header.actions(allowed);
    document.body.classList.toggle("read-only", !allowed);
  },
});
