import { padToWidth } from "../../cli/width";
import { prices } from "../../components/cost/prices";
import type { Invocation } from "../commandLine";
import type { Use } from "../guard/budget";
import type { Stopped } from "../guard/stop";
import type { Unseen } from "../inventory/inventory";
import type { Spending } from "../inventory/spending";
import { studentsCommand } from "../studentsCommand";
import { dollars } from "./costText";

/** What the guard found in one student's account, and did there. */
export interface GuardedStudent {
  readonly id: string;
  readonly name: string;
  readonly budgetDollars: number | undefined;
  readonly endsAt: string | undefined;
  /** Undefined when the account was not seen. */
  readonly use?: Use;
  readonly spending?: Spending;
  /** Kinds that AWS did not list: their cost is unknown. */
  readonly unseen?: readonly Unseen[];
  /** When a guard reported this level before, ISO 8601; undefined: this one is the first. */
  readonly reportedAt?: string | undefined;
  /** Whether this run paused it. */
  readonly pausedNow: boolean;
  /** What AWS refused to stop. */
  readonly refused: readonly Stopped[];
  readonly failure?: { readonly reason: string; readonly next: string } | undefined;
}

/** A student as `--json` prints it. */
export function guardFacts(student: GuardedStudent) {
  const {
    id,
    name,
    budgetDollars,
    endsAt,
    use,
    spending,
    unseen = [],
    reportedAt,
    pausedNow,
    refused,
    failure,
  } = student;
  return {
    id,
    name,
    budgetDollars,
    endsAt,
    level: use?.level ?? "unknown",
    spentDollars: spending?.dollars,
    dollarsPerDay: spending === undefined ? undefined : 24 * spending.dollarsPerHour,
    share: use?.share,
    daysLeft: use?.daysLeft,
    pausedNow,
    ...(reportedAt === undefined ? {} : { reportedAt }),
    unpriced: (spending?.unknown ?? []).map(({ kind, id: unpriced }) => `${kind} ${unpriced}`),
    unseen,
    refused: refused.map(({ resource, refused: reason }) => ({ id: resource.id, reason })),
    ...(failure === undefined ? {} : { reason: failure.reason, remedy: failure.next }),
  };
}

/** Twelve Latin or six Korean letters; a longer name shifts the rest of the line. */
const nameColumns = 12;

/** A line for each student, what needs attention, and how the numbers were found. */
export function guardText(students: readonly GuardedStudent[], invocation: Invocation): string {
  const over = students.filter(({ use }) => use?.level === "over").map(({ id }) => id);
  const place = invocation.local ? "; the emulator itself is free" : "";
  return [
    ...students.map(lineOf),
    ...students.flatMap(detailsOf),
    `Estimated from what the accounts have and had, at AWS's list prices of ${prices.asOf}, without traffic and taxes${place}.`,
    ...(students.every(({ budgetDollars, endsAt }) => budgetDollars === undefined && endsAt === undefined)
      ? ["No student has a limit: add budgetDollars or endsAt to the roster."]
      : []),
    ...(over.length > 0 && invocation.pause !== true
      ? [`To pause them: ${studentsCommand(invocation, { pause: true, only: over.join(",") })}`]
      : []),
  ].join("\n");
}

function lineOf(student: GuardedStudent): string {
  return `${student.id.padEnd(20)} ${padToWidth(student.name, nameColumns)} ${summaryOf(student)}`.trimEnd();
}

function summaryOf(student: GuardedStudent): string {
  const { use, spending, budgetDollars, endsAt, pausedNow, reportedAt, failure } = student;
  if (use === undefined || spending === undefined) return `not seen: ${failure?.reason.split("\n")[0] ?? ""}`;
  const of = budgetDollars === undefined ? "" : ` of ${dollars(budgetDollars)}`;
  const share = use.share === undefined ? "" : ` (${Math.floor(use.share * 100)} %)`;
  const left = use.daysLeft === undefined ? "" : `, lasts ${use.daysLeft.toFixed(1)} days`;
  const end = endsAt === undefined ? "" : `, ends ${endsAt}`;
  const before =
    reportedAt === undefined || use.level === "ok"
      ? ""
      : `, reported ${reportedAt.slice(0, 16).replace("T", " ")} UTC`;
  return `${words[use.level]}${pausedNow ? " now" : ""}: ${dollars(spending.dollars)}${of}${share}, ${dollars(24 * spending.dollarsPerHour)} a day${left}${end}${before}`;
}

const words: Readonly<Record<Use["level"], string>> = {
  ok: "ok",
  half: "WARNING, half used",
  near: "WARNING, nearly used",
  over: "OVER THE LIMIT",
  paused: "paused",
};

function detailsOf({ id, spending, unseen = [], refused, failure, use }: GuardedStudent): readonly string[] {
  return [
    ...(spending?.unknown ?? []).map(
      ({ kind, id: unpriced, detail }) =>
        `${id}: not counted, no price known: ${kind} ${unpriced} (${detail})`,
    ),
    ...unseen.map(({ kind, reason }) => `${id}: not counted, not seen: ${kind}s (${reason})`),
    ...refused.map(
      ({ resource, refused: reason }) =>
        `${id}: AWS did not stop ${resource.kind} ${resource.id}: ${reason ?? ""}`,
    ),
    ...(failure === undefined
      ? []
      : [`${id}: ${use === undefined ? "" : `${failure.reason} `}${failure.next}`]),
  ];
}
