import type { Pack } from "./support/pack";

const enforcementLevels = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * What is wrong with a pack's configuration: names that mean nothing, which the engine would pass over or
 * report without saying where they stand. Values it checks itself, against each rule's schema.
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
    if (!isRecord(settings)) return levelProblems(`${name}.${ruleName}`, settings);
    const known = ["enforcementLevel", ...Object.keys(rule.configSchema?.properties ?? {})];
    const at = `${name}.${ruleName}`;
    const unknown = Object.keys(settings).filter((setting) => !known.includes(setting));
    return [
      ...unknown.map((setting) => `${at}.${setting}: no such setting; there are ${known.join(", ")}`),
      ...levelProblems(`${at}.enforcementLevel`, settings["enforcementLevel"] ?? "mandatory"),
    ];
  });
}

function levelProblems(at: string, level: unknown): readonly string[] {
  if (typeof level === "string" && enforcementLevels.includes(level)) return [];
  return [`${at}: ${JSON.stringify(level)}; allowed: ${enforcementLevels.join(", ")}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
