import type { EnforcementLevel } from "@pulumi/policy";

import type { Pack } from "../support/pack";
import type { Rule } from "../support/rule";
import { exceptionsName, levelName, settingProblems } from "../support/settings";
import { suggestion } from "../support/suggestion";

/** A pack's configuration for one stack: enforcement levels and thresholds by the rules' names. */
export type Configuration = Readonly<Record<string, unknown>>;

export const enforcementLevels: readonly EnforcementLevel[] = [
  "advisory",
  "mandatory",
  "remediate",
  "disabled",
];

/**
 * What is wrong with a pack's configuration: unknown rules, which the engine ignores, wrong enforcement levels, and what
 * {@link settingProblems} finds.
 *
 * @returns one sentence for each problem
 */
export function configurationProblems({ name, rules }: Pack, configuration: unknown): readonly string[] {
  if (!isRecord(configuration)) {
    return [`${JSON.stringify(configuration)} - allowed: an object with the rules' names as its keys`];
  }
  return Object.entries(configuration).flatMap(([ruleName, config]) => {
    if (ruleName === "all") return levelProblems(ruleName, config);
    const rule = rules.find((each) => each.name === ruleName);
    if (rule === undefined) return [unknownRule({ name, rules }, ruleName)];
    if (!isRecord(config)) return levelProblems(ruleName, config);
    const level = levelName in config ? levelProblems(`${ruleName}.${levelName}`, config[levelName]) : [];
    // The engine accepts them here, but the gate reviews only the file.
    const exceptions = exceptionsName in config ? [`${ruleName}.${exceptionsName}: ${onlyInFile}`] : [];
    return [...level, ...exceptions, ...settingProblems(ruleName, rule.settings, config)];
  });
}

/** The sentence about a name that no rule of a pack has. */
export function unknownRule({ name, rules }: Pick<Pack, "name" | "rules">, ruleName: string): string {
  const known = ["all", ...rules.map((each) => each.name)];
  return `${ruleName}: the pack ${name} has no such rule; ${suggestion(ruleName, known, "its rules")}`;
}

const onlyInFile = "not in a file of thresholds - allowed: exceptions in policies/exceptions.yaml";

/** Whether a pack's configuration disables a rule. */
export function isDisabled(configuration: Configuration, rule: Rule): boolean {
  return levelIn(configuration, rule) === "disabled";
}

/** The level that a pack's configuration gives a rule; undefined when it gives none. */
export function levelIn(configuration: Configuration, { name }: Rule): unknown {
  const own = configuration[name];
  return (isRecord(own) ? own[levelName] : own) ?? configuration["all"];
}

function levelProblems(at: string, level: unknown): readonly string[] {
  if (isEnforcementLevel(level)) return [];
  return [`${at}: ${JSON.stringify(level)} - allowed: one of ${enforcementLevels.join(", ")}`];
}

export function isEnforcementLevel(value: unknown): value is EnforcementLevel {
  return enforcementLevels.some((level) => level === value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
