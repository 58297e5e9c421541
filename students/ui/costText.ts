import { counted } from "../../cli/counted";
import { costOf, daysThatLast, type Cost, type CostBasis } from "../../components/cost/cost";
import type { Student } from "../roster/roster";

/** A lab account's smallest budget, in US dollars, for students without a budget in the roster. */
const labBudgetDollars = 50;

/** The cost of a stack, for `--json`. */
export interface CostFacts {
  readonly dollarsPerHour: number;
  readonly dollarsPerMonth: number;
  readonly daysOfBudget: number;
  readonly budgetDollars: number;
  readonly parts: Cost["parts"];
  readonly unpriced: readonly string[];
  readonly pricesAsOf: string;
  /** Dollars a month with each choice of NAT gateways. */
  readonly natGateways: Readonly<Record<CostBasis["network"]["natGateways"], number>>;
}

/** @param budgetDollars the student's own. Default: {@link labBudgetDollars} */
export function costFacts(settings: CostBasis, budgetDollars: number = labBudgetDollars): CostFacts {
  const cost = costOf(settings);
  const perMonth = (natGateways: CostBasis["network"]["natGateways"]) =>
    costOf({ ...settings, network: { ...settings.network, natGateways } }).dollarsPerMonth;
  return {
    ...cost,
    daysOfBudget: daysThatLast(budgetDollars, cost),
    budgetDollars,
    natGateways: { none: perMonth("none"), single: perMonth("single"), perAz: perMonth("perAz") },
  };
}

/** A stack whose cost is counted. */
export interface BilledStack {
  readonly student: Pick<Student, "id" | "budgetDollars">;
  readonly settings: CostBasis;
}

/** A class's stacks by what is known of their cost. */
export interface ClassCost {
  /** The stacks that are up, or would be, by the settings that AWS bills. */
  readonly billed: readonly BilledStack[];
  /** The ids of stacks that have resources which their settings do not determine. */
  readonly unknown: readonly string[];
  /** Whether they are in the emulator, where nothing costs money. */
  readonly local: boolean;
}

/** The cost of a class's stacks: each different kind once, by part, with each choice of NAT gateways. */
export function costLines({ billed, unknown, local }: ClassCost): readonly string[] {
  return [...billedLines(billed, unknown.length > 0, local), ...unknownLines(unknown)];
}

function billedLines(stacks: readonly BilledStack[], isPart: boolean, local: boolean): readonly string[] {
  const kinds = new Map<string, { readonly facts: CostFacts; readonly ids: string[] }>();
  for (const { student, settings } of stacks) {
    const facts = costFacts(settings, student.budgetDollars);
    const key = JSON.stringify(facts);
    const kind = kinds.get(key) ?? { facts, ids: [] };
    kind.ids.push(student.id);
    kinds.set(key, kind);
  }
  const all = [...kinds.values()];
  const [first] = all;
  if (first === undefined) return [];
  const total = all.reduce((sum, { facts, ids }) => sum + facts.dollarsPerMonth * ids.length, 0);
  const least = isPart || all.some(({ facts }) => facts.unpriced.length > 0);
  const title = local
    ? "Free here: the emulator runs on this machine. In AWS, while they run"
    : "Cost while they run";
  return [
    `${title}, before traffic, at AWS's list prices of ${first.facts.pricesAsOf}: ` +
      `${atLeast(least)}${dollars(total)} a month for ${countOf(stacks.length)}`,
    ...all.flatMap(({ facts, ids }) => kindLines(facts, whose(ids, stacks.length))),
  ];
}

function unknownLines(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  return [
    `Cost unknown, because the last run failed or did not end: ${ids.join(", ")}. The next complete run makes it known.`,
  ];
}

function kindLines(facts: CostFacts, who: string): readonly string[] {
  const { none, single, perAz } = facts.natGateways;
  const isPart = facts.unpriced.length > 0;
  const least = atLeast(isPart);
  return [
    `  ${who}: ${least}${dollars(facts.dollarsPerHour, 4)} an hour, ${dollars(facts.dollarsPerMonth)} a month; ` +
      `a ${dollars(facts.budgetDollars, Number.isInteger(facts.budgetDollars) ? 0 : 2)} budget lasts ${isPart ? "at most " : ""}${counted(facts.daysOfBudget, "day")}`,
    ...facts.parts.map(({ name, dollarsPerHour }) => {
      const price = dollarsPerHour === undefined ? "unknown" : `${dollars(dollarsPerHour, 4)} an hour`;
      return `    ${name.padEnd(34)} ${price}`;
    }),
    `    with NAT gateways none ${least}${dollars(none)}, single ${dollars(single)}, perAz ${dollars(perAz)} a month`,
  ];
}

/** Before a sum that lacks a part. */
function atLeast(isPart: boolean): string {
  return isPart ? "at least " : "";
}

function whose(ids: readonly string[], all: number): string {
  if (ids.length === all) return all === 1 ? (ids[0] ?? "") : "each";
  const shown = ids.slice(0, 5).join(", ");
  return ids.length <= 5 ? shown : `${shown} and ${ids.length - 5} more`;
}

function countOf(stacks: number): string {
  return counted(stacks, "stack");
}

export function dollars(amount: number, digits = 2): string {
  return `$${amount.toFixed(digits)}`;
}
