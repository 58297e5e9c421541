import type { EnforcementLevel, PolicyConfigSchema } from "@pulumi/policy";

import type { Pack } from "../support/pack";
import type { Rule } from "../support/rule";

/** What a stack's own file says of a pack: levels and settings by the rules' names. */
export type Configuration = Readonly<Record<string, unknown>>;

const enforcementLevels: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * What is wrong with a pack's configuration: names that mean nothing, which the engine would pass over or
 * report without saying where they stand, and values outside of a setting's range.
 *
 * @returns one sentence for each problem, with what is allowed
 */
export function configurationProblems({ name, rules }: Pack, configuration: unknown): readonly string[] {
  if (!isRecord(configuration))
    return [`${name}: the configuration must be an object of rules by their names`];
  return Object.entries(configuration).flatMap(([ruleName, settings]) => {
    if (ruleName === "all") return levelProblems(`${name}.all`, settings);
    const rule = rules.find((each) => each.name === ruleName);
    if (rule === undefined) {
      return [`${name}.${ruleName}: no such rule; there are ${rules.map((each) => each.name).join(", ")}`];
    }
    const at = `${name}.${ruleName}`;
    return isRecord(settings) ? ruleProblems(at, rule, settings) : levelProblems(at, settings);
  });
}

/** Whether a pack's configuration switches a rule off. */
export function isDisabled(configuration: Configuration, { name }: Rule): boolean {
  const own = configuration[name];
  const level = isRecord(own) ? own["enforcementLevel"] : own;
  return (level ?? configuration["all"]) === "disabled";
}

function ruleProblems(
  at: string,
  { configSchema }: Rule,
  settings: Readonly<Record<string, unknown>>,
): readonly string[] {
  const schemas = new Map(Object.entries(configSchema?.properties ?? {}));
  return Object.entries(settings).flatMap(([setting, value]) => {
    if (setting === "enforcementLevel") return levelProblems(`${at}.${setting}`, value);
    const schema = schemas.get(setting);
    if (schema === undefined) {
      const known = ["enforcementLevel", ...schemas.keys()].join(", ");
      return [`${at}.${setting}: no such setting; there are ${known}`];
    }
    if (fits(schema, value)) return [];
    return [`${at}.${setting}: ${JSON.stringify(value)}; allowed: ${schema.description ?? "another value"}`];
  });
}

type Schema = Pick<PolicyConfigSchema["properties"][string], "type" | "minimum" | "maximum"> & {
  readonly items?: unknown;
};

/** Whether a value is what its schema asks for, as far as the settings of rules use schemas. */
function fits({ type, minimum = -Infinity, maximum = Infinity, items }: Schema, value: unknown): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value) && minimum <= Number(value) && Number(value) <= maximum;
    case "array":
      return Array.isArray(value) && value.every((each) => !isSchema(items) || fits(items, each));
    default:
      return typeof value === type;
  }
}

function isSchema(value: unknown): value is Schema {
  return isRecord(value);
}

function levelProblems(at: string, level: unknown): readonly string[] {
  if (isEnforcementLevel(level)) return [];
  return [`${at}: ${JSON.stringify(level)}; allowed: ${enforcementLevels.join(", ")}`];
}

export function isEnforcementLevel(value: unknown): value is EnforcementLevel {
  return enforcementLevels.some((level) => level === value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
