import type { PolicyPackConfig } from "@pulumi/policy";

import { configOf } from "./configuration/packConfig";
import type { Configuration } from "./configuration/schema";
import type { Exceptions } from "./exceptions/exception";
import { servedPolicies, type ServedPolicy } from "./exceptions/served";
import type { Level } from "./levels/level";
import type { Pack } from "./support/pack";
import { qualifiedName } from "./support/qualifiedName";

/** A pack with a stack's configuration. */
export interface ConfiguredPack {
  readonly pack: Pack;
  /** Undefined for the defaults. */
  readonly configuration?: Configuration | undefined;
  readonly exceptions?: Exceptions | undefined;
  readonly levels?: readonly Level[] | undefined;
}

/** Several packs as one. */
export interface CombinedPack {
  /** The policies of all packs, named `<pack>/<policy>`. */
  readonly policies: readonly ServedPolicy[];
  /** The packs' configurations, rule by rule. */
  readonly initialConfig: PolicyPackConfig;
}

/**
 * Combines packs into one: the engine calls each pack twice for every resource and waits for the answer, which takes
 * longer than all rules.
 */
export function combinePacks(packs: readonly ConfiguredPack[]): CombinedPack {
  const configured = packs.flatMap(({ pack, ...configuration }) =>
    Object.entries(configOf(pack, configuration)).map(
      ([rule, config]) => [qualifiedName(pack.name, rule), config] as const,
    ),
  );
  return {
    policies: packs.flatMap(({ pack }) =>
      servedPolicies(pack).map((policy) => ({ ...policy, name: qualifiedName(pack.name, policy.name) })),
    ),
    initialConfig: Object.fromEntries(configured),
  };
}
