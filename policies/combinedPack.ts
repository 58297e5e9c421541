import type { PolicyPackConfig } from "@pulumi/policy";

import { isEnforcementLevel, isRecord, type Configuration } from "./configuration/schema";
import type { Pack } from "./support/pack";
import type { Rule } from "./support/rule";

/** A pack with a stack's configuration. */
export interface ConfiguredPack {
  readonly pack: Pack;
  /** Undefined for the defaults. */
  readonly configuration?: Configuration | undefined;
}

/** Several packs as one. */
export interface CombinedPack {
  /** The rules of all packs, named `<pack>/<rule>`. */
  readonly policies: readonly Rule[];
  /** The packs' configurations, rule by rule. */
  readonly initialConfig: PolicyPackConfig;
}

/**
 * Combines packs into one: the engine calls each pack twice for every resource and waits for the answer, which takes
 * longer than all rules.
 */
export function combinePacks(packs: readonly ConfiguredPack[]): CombinedPack {
  const all = packs.flatMap(({ pack, configuration = {} }) =>
    pack.rules.map((rule) => ({ rule, name: qualifiedName(pack.name, rule.name), configuration })),
  );
  const configured = all.flatMap(({ rule, name, configuration }) => {
    const config = configOf(rule, configuration);
    return config === undefined ? [] : [[name, config] as const];
  });
  return {
    policies: all.map(({ rule, name }) => ({ ...rule, name })),
    initialConfig: Object.fromEntries(configured),
  };
}

/** A rule's name in a combined pack. */
export function qualifiedName(pack: string, rule: string): string {
  return `${pack}/${rule}`;
}

/** The pack and the rule of a {@link qualifiedName}. */
export function partsOf(name: string): { readonly pack: string; readonly rule: string } {
  const [pack = "", rule = ""] = name.split("/");
  return { pack, rule };
}

/** As the engine reads a configuration file: a rule's own level overrides that of `all`. */
function configOf(rule: Rule, configuration: Configuration): PolicyPackConfig[string] | undefined {
  const own = configuration[rule.name];
  const { all } = configuration;
  if (own === undefined && all === undefined) return undefined;
  const { enforcementLevel = all, ...settings } = isRecord(own) ? own : { enforcementLevel: own };
  // The engine would read a missing level as `advisory`.
  return {
    ...settings,
    enforcementLevel: isEnforcementLevel(enforcementLevel) ? enforcementLevel : rule.enforcementLevel,
  };
}
