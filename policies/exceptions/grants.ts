import { exceptionsName } from "../support/settings";
import { suggestion } from "../support/suggestion";
import { daysBetween, daysLater, isDay, type Day } from "./day";
import { defaultMaximumDays, type Grant } from "./exception";

/** The exceptions in a rule's configuration. */
export interface ConfiguredGrants {
  readonly grants: readonly Grant[];
  /** What is wrong with the others, which except nothing: one sentence for each problem. */
  readonly problems: readonly string[];
}

const names = [
  "resource",
  "stack",
  "at",
  "reason",
  "owner",
  "until",
  "maximumDays",
  "criticalTopic",
] as const;

/** The texts of an exception, with what is allowed. */
export const textsAllowed = {
  resource: "a resource's URN, its name, or TYPE::NAME, with * for any characters",
  stack: "the name of a stack, with * for any characters",
  at: "the property that the finding names, with * for any characters",
  reason: "one line that states why",
  owner: "one line with who answers for it",
  criticalTopic: "a topic of the rule",
} as const;

const optional = ["at", "criticalTopic"] as const;

/** Reads the exceptions in a rule's configuration. */
export function grantsIn(config: object, today: Day): ConfiguredGrants {
  const configured: unknown = Reflect.get(config, exceptionsName);
  if (configured === undefined) return { grants: [], problems: [] };
  if (!Array.isArray(configured)) {
    return { grants: [], problems: [`${exceptionsName}: ${shown(configured)} - allowed: a list of objects`] };
  }
  const grants: Grant[] = [];
  const problems: string[] = [];
  const values: readonly unknown[] = configured;
  for (const [index, value] of values.entries()) {
    const found = grantProblems(value, today);
    problems.push(...found.map((problem) => `${exceptionsName}[${String(index)}]${problem}`));
    if (isGrant(value, today)) grants.push(value);
  }
  return { grants, problems };
}

function isGrant(value: unknown, today: Day): value is Grant {
  return grantProblems(value, today).length === 0;
}

function grantProblems(value: unknown, today: Day): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`: ${shown(value)} - allowed: an object with ${names.join(", ")}`];
  }
  const properties = new Map<string, unknown>(Object.entries(value));
  const unknown = [...properties.keys()].filter((name) => !names.some((known) => known === name));
  const texts = Object.entries(textsAllowed).filter(([name]) => {
    const isOptional = optional.some((each) => each === name) && !properties.has(name);
    return !isOptional && !isText(properties.get(name));
  });
  return [
    ...unknown.map((name) => `.${name}: unknown; ${suggestion(name, names, "the names")}`),
    ...texts.map(([name, allowed]) => `.${name}: ${shown(properties.get(name))} - allowed: ${allowed}`),
    ...endProblems(properties, today),
  ];
}

function endProblems(properties: ReadonlyMap<string, unknown>, today: Day): readonly string[] {
  const { until, maximumDays = defaultMaximumDays } = Object.fromEntries(properties);
  if (!isPositive(maximumDays)) return [`.maximumDays: ${shown(maximumDays)} - allowed: ${positive}`];
  const problem = endProblem(until, today, maximumDays);
  return problem === undefined ? [] : [`.until: ${problem}`];
}

/** What is wrong with the end of an exception. */
export function endProblem(until: unknown, today: Day, maximumDays: number): string | undefined {
  const latest = daysLater(today, maximumDays);
  if (!isDay(until)) return `${shown(until)} - allowed: a day as YYYY-MM-DD, at the latest ${latest}`;
  if (daysBetween(today, until) <= maximumDays) return undefined;
  return `${until} - allowed: at the latest ${latest}, ${String(maximumDays)} days from today (maximumDays)`;
}

export const positive = "a whole number of at least 1";

export function isPositive(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}

/** A text of one line that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !/[\r\n]/.test(value);
}

export function shown(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
