import { costOf, daysThatLast, type Cost, type CostBasis } from "../../components/cost/cost";
import type { Student } from "../roster/roster";

/** A lab account's smallest budget, in US dollars. */
export const labBudgetDollars = 50;

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

export function costFacts(settings: CostBasis): CostFacts {
  const cost = costOf(settings);
  const perMonth = (natGateways: CostBasis["network"]["natGateways"]) =>
    costOf({ ...settings, network: { ...settings.network, natGateways } }).dollarsPerMonth;
  return {
    ...cost,
    daysOfBudget: daysThatLast(labBudgetDollars, cost),
    budgetDollars: labBudgetDollars,
    natGateways: { none: perMonth("none"), single: perMonth("single"), perAz: perMonth("perAz") },
  };
}

/** The cost of a class's stacks: each different kind once, by part, with each choice of NAT gateways. */
export function costLines(
  stacks: readonly { readonly student: Student; readonly settings: CostBasis }[],
): readonly string[] {
  const kinds = new Map<string, { readonly facts: CostFacts; readonly ids: string[] }>();
  for (const { student, settings } of stacks) {
    const facts = costFacts(settings);
    const key = JSON.stringify(facts);
    const kind = kinds.get(key) ?? { facts, ids: [] };
    kind.ids.push(student.id);
    kinds.set(key, kind);
  }
  const total = [...kinds.values()].reduce(
    (sum, { facts, ids }) => sum + facts.dollarsPerMonth * ids.length,
    0,
  );
  const [first] = kinds.values();
  if (first === undefined) return [];
  return [
    `Cost while they run, before traffic, at AWS's list prices of ${first.facts.pricesAsOf}: ` +
      `${dollars(total)} a month for ${countOf(stacks.length)}`,
    ...[...kinds.values()].flatMap(({ facts, ids }) => kindLines(facts, whose(ids, stacks.length))),
  ];
}

function kindLines(facts: CostFacts, who: string): readonly string[] {
  const { none, single, perAz } = facts.natGateways;
  return [
    `  ${who}: ${dollars(facts.dollarsPerHour, 4)} an hour, ${dollars(facts.dollarsPerMonth)} a month; ` +
      `a ${dollars(facts.budgetDollars, 0)} budget lasts ${facts.daysOfBudget} days`,
    ...facts.parts.map(({ name, dollarsPerHour }) => {
      const price =
        dollarsPerHour === undefined ? "price not known" : `${dollars(dollarsPerHour, 4)} an hour`;
      return `    ${name.padEnd(34)} ${price}`;
    }),
    `    with NAT gateways none ${dollars(none)}, single ${dollars(single)}, perAz ${dollars(perAz)} a month`,
  ];
}

function whose(ids: readonly string[], all: number): string {
  if (ids.length === all) return all === 1 ? (ids[0] ?? "") : "each";
  const shown = ids.slice(0, 5).join(", ");
  return ids.length <= 5 ? shown : `${shown} and ${ids.length - 5} more`;
}

function countOf(stacks: number): string {
  return stacks === 1 ? "1 stack" : `${stacks} stacks`;
}

export function dollars(amount: number, digits = 2): string {
  return `$${amount.toFixed(digits)}`;
}
