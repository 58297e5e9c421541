import type { PolicyPackArgs } from "@pulumi/policy";

import { exceptedPolicy } from "../exceptions/text";
import type { ReceivedConfiguration } from "../patches/receivedConfiguration";
import type { Pack } from "../support/pack";
import { settingProblems } from "../support/settings";
import { onlyRoot } from "../support/thresholds";
import { unknownRule } from "./schema";

/** The policy that reports what no rule can see in its own configuration. */
export const configurationPolicy = "configuration";

/**
 * A policy that reports, at the stack's root resource, the names in a configuration that no rule has, and the settings of
 * rules that have none. Rules with settings report their own. `npm run policy`, `npm run local` and classes check a file
 * before they serve a pack.
 *
 * @param received returns the configuration that the engine has sent
 */
export function checkedPolicy(
  pack: Pick<Pack, "name" | "rules">,
  received: () => ReceivedConfiguration,
): PolicyPackArgs["policies"][number] {
  return {
    name: configurationPolicy,
    displayName: "Configuration of the pack",
    description: "The configuration names rules and settings that exist.",
    enforcementLevel: "mandatory",
    validateResource: onlyRoot((_args, report) => {
      for (const problem of receivedProblems(pack, received())) report(problem);
    }),
  };
}

/** One sentence for each name that nothing reads. */
export function receivedProblems(
  pack: Pick<Pack, "name" | "rules">,
  configuration: ReceivedConfiguration,
): readonly string[] {
  const others = ["all", exceptedPolicy, configurationPolicy];
  return [...configuration].flatMap(([name, config]) => {
    if (others.includes(name)) return [];
    const rule = pack.rules.find((each) => each.name === name);
    if (rule === undefined) return [unknownRule(pack, name)];
    return Object.keys(rule.settings).length > 0 ? [] : settingProblems(name, rule.settings, config);
  });
}
