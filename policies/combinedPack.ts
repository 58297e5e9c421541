import type { PolicyPackConfig } from "@pulumi/policy";

import { isEnforcementLevel, isRecord, type Configuration } from "./configuration/schema";
import type { Pack } from "./support/pack";
import type { Rule } from "./support/rule";

/** A pack as it holds one stack. */
export interface ConfiguredPack {
  readonly pack: Pack;
  /** Our numbers alone where there is none. */
  readonly configuration?: Configuration | undefined;
}

/** Several packs as one. */
export interface CombinedPack {
  /** The rules of all, named `<pack>/<rule>`. */
  readonly policies: readonly Rule[];
  /** What the packs' configurations come to, rule by rule. */
  readonly initialConfig: PolicyPackConfig;
}

/**
 * Packs as one: the engine asks a pack twice about every resource, and waits each time, which takes longer than all
 * rules together.
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

/** A rule's name among those of all packs. */
export function qualifiedName(pack: string, rule: string): string {
  return `${pack}/${rule}`;
}

/** The pack and the rule that a {@link qualifiedName} names. */
export function partsOf(name: string): { readonly pack: string; readonly rule: string } {
  const [pack = "", rule = ""] = name.split("/");
  return { pack, rule };
}

/** As the engine reads a configuration file: a rule's own level goes before that of `all`. */
function configOf(rule: Rule, configuration: Configuration): PolicyPackConfig[string] | undefined {
  const own = configuration[rule.name];
  const { all } = configuration;
  if (own === undefined && all === undefined) return undefined;
  const { enforcementLevel = all, ...settings } = isRecord(own) ? own : { enforcementLevel: own };
  // A level that is left out would reach the engine as `advisory`.
  return {
    ...settings,
    enforcementLevel: isEnforcementLevel(enforcementLevel) ? enforcementLevel : rule.enforcementLevel,
  };
}
