import { counted } from "../../cli/counted";
import type { Screen } from "../../cli/screen";
import { seconds } from "../../cli/steps";
import { clipToWidth, padToWidth } from "../../cli/width";
import type { PoolListener } from "../pool/pool";
import type { Ended } from "../pool/worker";

/** How often a line with a running time is updated. */
const tickMilliseconds = 1_000;
/** How often the summary line appears where lines cannot change. */
const reminderMilliseconds = 15_000;
/** The shown length of a name: six Korean letters, or twelve others. */
const nameColumns = 12;

interface Running {
  readonly startedAt: number;
  step: string;
}

/** Shows the progress of a class. */
export interface ClassView extends PoolListener {
  readonly close: () => void;
}

/**
 * On a terminal: a changing line for each student in progress, and a summary line. Elsewhere: a plain line at each
 * student's end, and the summary line from time to time.
 */
export function classView(
  screen: Screen,
  students: readonly { readonly id: string; readonly name: string }[],
): ClassView {
  const count = students.length;
  const names = new Map(students.map(({ id, name }) => [id, name]));
  const idWidth = Math.max(...students.map(({ id }) => id.length));
  const row = (id: string, milliseconds: number, text: string) => {
    const who = `${id.padEnd(idWidth)} ${padToWidth(clipToWidth(names.get(id) ?? "", nameColumns), nameColumns)}`;
    return `${who} ${seconds(milliseconds).padStart(11)}  ${text}`;
  };
  const running = new Map<string, Running>();
  let ended = 0;
  let failed = 0;
  const startedAt = performance.now();

  const whole = () =>
    wholeLine({ count, ended, failed, running: running.size }, performance.now() - startedAt);
  const redraw = () => {
    for (const [id, { step, startedAt: since }] of running) {
      screen.show(id, row(id, performance.now() - since, step));
    }
    screen.show("", whole());
  };
  const ticker = setInterval(redraw, tickMilliseconds);
  const reminder = setInterval(() => {
    if (!screen.live) screen.print(whole());
  }, reminderMilliseconds);

  return {
    started: (id) => {
      running.set(id, { startedAt: performance.now(), step: "starting" });
      redraw();
    },
    moved: (id, step) => {
      const student = running.get(id);
      if (student !== undefined) student.step = step;
      redraw();
    },
    ended: (id, ending) => {
      const took = performance.now() - (running.get(id)?.startedAt ?? performance.now());
      running.delete(id);
      ended += 1;
      if (ending.kind === "failed") failed += 1;
      screen.show(id, undefined);
      screen.print(row(id, took, endingText(ending)));
      redraw();
    },
    close: () => {
      clearInterval(ticker);
      clearInterval(reminder);
      screen.show("", undefined);
    },
  };
}

/** `12 of 30 done, 1 failed, 2 in progress (1 min 5 s)` */
export function wholeLine(
  counts: {
    readonly count: number;
    readonly ended: number;
    readonly failed: number;
    readonly running: number;
  },
  milliseconds: number,
): string {
  const { count, ended, failed, running } = counts;
  const bad = failed === 0 ? "" : `, ${failed} failed`;
  return `${ended} of ${count} done${bad}, ${running} in progress (${seconds(milliseconds)})`;
}

/** `done: 64 resources, 64 created` or `failed: ` and the reason's first line. */
export function endingText(ending: Ended): string {
  if (ending.kind === "failed") return `failed: ${ending.reason.split("\n")[0] ?? ""}`;
  const { resources = 0, changes = {}, judged } = ending.report;
  if (judged !== undefined) return judged.failure === undefined ? "judged" : "could not be judged";
  const done = Object.entries(changes).map(([change, count]) => `${count} ${change}`);
  return `done: ${counted(resources, "resource")}, ${done.length === 0 ? "no change" : done.join(", ")}`;
}
