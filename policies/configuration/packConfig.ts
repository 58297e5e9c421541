import type { PolicyPackConfig } from "@pulumi/policy";

import { today, type Day } from "../exceptions/day";
import { grantsOf, noExceptions, type Exceptions } from "../exceptions/exception";
import { knownRules } from "../exceptions/ruleNames";
import { levelOf, type Level } from "../levels/level";
import type { Pack } from "../support/pack";
import { qualifiedName } from "../support/qualifiedName";
import type { Rule } from "../support/rule";
import { exceptionsName } from "../support/settings";
import { isEnforcementLevel, isRecord, type Configuration } from "./schema";

/** What configures a pack. */
export interface Configured {
  readonly configuration?: Configuration | undefined;
  readonly exceptions?: Exceptions | undefined;
  /** The levels of rules to which `configuration` gives none. */
  readonly levels?: readonly Level[] | undefined;
}

/** A pack's configuration as the engine takes it, for the rules that differ from their defaults. */
export function configOf(
  pack: Pack,
  { configuration = {}, exceptions = noExceptions, levels = [] }: Configured,
  now: Day = today(),
): PolicyPackConfig {
  const known = knownRules([pack]);
  const configs = pack.rules.flatMap((rule) => {
    const id = known.find(({ name }) => name === rule.name);
    const grants = id === undefined ? [] : grantsOf(id, exceptions);
    const excepted = grants.length === 0 ? {} : { [exceptionsName]: grants };
    const own = ownConfig(rule, configuration);
    const level = levelOf(qualifiedName(pack.name, rule.name), rule, levels, now)?.level;
    if (own === undefined && level === undefined && grants.length === 0) return [];
    // The engine would read a missing level as `advisory`.
    return [[rule.name, { enforcementLevel: level ?? rule.enforcementLevel, ...own, ...excepted }] as const];
  });
  return Object.fromEntries(configs);
}

/** As the engine reads a configuration file: a rule's own level overrides that of `all`. */
function ownConfig(rule: Rule, configuration: Configuration): object | undefined {
  const own = configuration[rule.name];
  const { all } = configuration;
  if (own === undefined && all === undefined) return undefined;
  const { enforcementLevel = all, ...settings } = isRecord(own) ? own : { enforcementLevel: own };
  return isEnforcementLevel(enforcementLevel) ? { ...settings, enforcementLevel } : settings;
}
