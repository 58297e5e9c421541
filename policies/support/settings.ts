import type { PolicyConfigSchema } from "@pulumi/policy";

import { suggestion } from "./suggestion";

/**
 * A threshold of a rule.
 *
 * Its schema for the engine has no type and no range: with them the engine would check values first and refuse them with
 * messages that state neither the value nor what is allowed.
 */
export interface Setting<Value> {
  readonly schema: PolicyConfigSchema["properties"][string] & { readonly description: string };
  /** The allowed values, as messages and docs/policies.md state them. */
  readonly allowed: string;
  readonly default: Value;
  /** The only check of a configured value. */
  readonly accepts: (value: unknown) => value is Value;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

export type ValuesOf<S extends Settings> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer Value> ? Value : never;
};

interface Range {
  readonly minimum: number;
  readonly maximum?: number;
}

/** A whole number in a range; `description` states what it sets, with its unit. */
export function wholeNumber({
  default: ours,
  description,
  ...range
}: Range & { readonly default: number; readonly description: string }): Setting<number> {
  const allowed = `a whole number ${rangeText(range)}`;
  return {
    schema: { description: `${description}: ${allowed}.`, default: ours },
    allowed,
    default: ours,
    accepts: (value): value is number => isWithin(range, value),
  };
}

/** A list of whole numbers in a range. */
export function wholeNumbers({
  default: ours,
  description,
  ...range
}: Range & { readonly default: readonly number[]; readonly description: string }): Setting<
  readonly number[]
> {
  const allowed = `a list of whole numbers ${rangeText(range)}`;
  return {
    schema: { description: `${description}: ${allowed}.`, default: [...ours] },
    allowed,
    default: ours,
    accepts: (value): value is readonly number[] =>
      Array.isArray(value) && value.every((each) => isWithin(range, each)),
  };
}

/** A list of strings; `of` states what they are. */
export function strings({
  default: ours,
  description,
  of = "names",
}: {
  readonly default: readonly string[];
  readonly description: string;
  readonly of?: string;
}): Setting<readonly string[]> {
  const allowed = `a list of strings: ${of}`;
  return {
    schema: { description: `${description}: ${allowed}.`, default: [...ours] },
    allowed,
    default: ours,
    accepts: (value): value is readonly string[] =>
      Array.isArray(value) && value.every((each) => typeof each === "string"),
  };
}

/** The settings as the policy SDK declares them to the engine. */
export function configSchemaOf(settings: Settings): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])),
  };
}

/** The member of a rule's configuration that the engine reads. */
export const levelName = "enforcementLevel";

/** The member of a rule's configuration that has its exceptions. */
export const exceptionsName = "exceptions";

/**
 * What is wrong with the settings that a configuration has for a rule: unknown names and values that are not allowed.
 * The same sentences for `npm run policy`, `npm run local`, a class and Pulumi's own command line.
 *
 * @returns one sentence for each problem
 */
export function settingProblems(rule: string, settings: Settings, config: object): readonly string[] {
  const configured: (readonly [string, unknown])[] = Object.entries(config);
  return configured.flatMap(([name, value]) => {
    if (name === levelName || name === exceptionsName) return [];
    const setting = new Map(Object.entries(settings)).get(name);
    if (setting === undefined) {
      const known = [levelName, ...Object.keys(settings)];
      return [`${rule}.${name}: the rule has no such setting; ${suggestion(name, known, "its settings")}`];
    }
    if (setting.accepts(value)) return [];
    return [`${rule}.${name}: ${JSON.stringify(value)} - allowed: ${setting.allowed}`];
  });
}

/** The settings' values, or all that is wrong with the configured ones. */
export type ReadSettings<S extends Settings> =
  { readonly values: ValuesOf<S> } | { readonly problems: readonly string[] };

/** Reads a rule's settings from its configuration, with the defaults for the rest. */
export function readSettings<S extends Settings>(rule: string, settings: S, config: object): ReadSettings<S>;
export function readSettings(rule: string, settings: Settings, config: object): ReadSettings<Settings> {
  const problems = settingProblems(rule, settings, config);
  if (problems.length > 0) return { problems };
  const values = Object.entries(settings).map(([name, setting]) => {
    const value: unknown = Reflect.get(config, name);
    return [name, value ?? setting.default] as const;
  });
  return { values: Object.fromEntries(values) };
}

function isWithin({ minimum, maximum = Infinity }: Range, value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && minimum <= value && value <= maximum;
}

function rangeText({ minimum, maximum }: Range): string {
  return maximum === undefined
    ? `of at least ${grouped(minimum)}`
    : `from ${grouped(minimum)} to ${grouped(maximum)}`;
}

/** With commas between thousands. */
function grouped(value: number): string {
  return value.toLocaleString("en-US");
}
