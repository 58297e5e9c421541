import { counted } from "../../cli/counted";
import { padToWidth } from "../../cli/width";
import type { CostBasis } from "../../components/cost/cost";
import type { RegionalSettings } from "../../settingsInPlace";
import { mapLimited } from "../pool/mapLimited";
import { recordedState, type Recorded, type StackState } from "../progress/recordedState";
import type { StudentStack } from "../settings/studentSettings";
import { costFacts, costLines, dollars, type BilledStack } from "../ui/costText";
import type { CommandContext, Outcome } from "./context";

/** Shows the state of each student's stack, from the files of its last run. It calls nothing. */
export async function offlineStatus({ run, invocation }: CommandContext): Promise<Outcome> {
  const rows = await mapLimited(run.stacks, (stack) => rowOf(stack, run));
  const costs = costLines({
    billed: rows.flatMap(({ cost }) => (typeof cost === "string" ? [] : cost)),
    unknown: rows.filter(({ cost }) => cost === "unknown").map(({ id }) => id),
    local: invocation.local,
  });
  return {
    ok: true,
    text: [...rows.map(rowLine), ...(costs.length === 0 ? ["No stack is up."] : costs)].join("\n"),
    facts: { students: rows.map(rowFacts) },
  };
}

/** Twelve Latin or six Korean letters; a longer name shifts the rest of the line. */
const nameColumns = 12;

interface Row extends Recorded {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** The settings that AWS bills, if they determine the cost: a paused stack has no servers. */
  readonly cost: BilledStack | "none" | "unknown";
}

async function rowOf(stack: StudentStack, run: CommandContext["run"]): Promise<Row> {
  const { student, region } = stack;
  const recorded = await recordedState(stack, run);
  const cost = billedIn(recorded.state, recorded.resources, stack);
  return { id: student.id, name: student.name, region, ...recorded, cost };
}

/** A failed or interrupted run may have left any part of the stack. */
function billedIn(state: StackState, resources: number, { student, settings }: StudentStack): Row["cost"] {
  switch (state) {
    case "up":
      return { student, settings };
    case "paused":
      return { student, settings: whilePaused(settings) };
    case "not up":
      return "none";
    default:
      return resources === 0 ? "none" : "unknown";
  }
}

/** The settings that a paused stack is billed by. */
function whilePaused(settings: RegionalSettings): CostBasis {
  const { database, fleet } = settings;
  return { ...settings, database: { ...database, stopped: true }, fleet: { ...fleet, paused: true } };
}

function rowLine({ id, name, state, resources, siteUrl, error, cost }: Row): string {
  const more = error?.split("\n")[0] ?? siteUrl ?? "";
  return `${id.padEnd(20)} ${padToWidth(name, nameColumns)} ${state}, ${counted(resources, "resource")}${costText(cost)}  ${more}`.trimEnd();
}

function costText(cost: Row["cost"]): string {
  if (cost === "none") return "";
  if (cost === "unknown") return "  cost unknown";
  const { dollarsPerHour, unpriced } = costFacts(cost.settings);
  return `  ${unpriced.length > 0 ? "at least " : ""}${dollars(dollarsPerHour, 4)} an hour`;
}

function rowFacts({ cost, ...facts }: Row): Readonly<Record<string, unknown>> {
  return {
    ...facts,
    cost: typeof cost === "string" ? cost : costFacts(cost.settings, cost.student.budgetDollars),
  };
}
