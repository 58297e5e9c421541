import type { Pack } from "../support/pack";
import type { Rule } from "../support/rule";
import { suggestion } from "../support/suggestion";

/** A rule that a file may name. */
export interface KnownRule extends Pick<Rule, "severity"> {
  readonly topics: readonly string[];
  /** `pack/rule` */
  readonly id: string;
  /** Without the pack. */
  readonly name: string;
}

export function knownRules(packs: readonly Pick<Pack, "name" | "rules">[]): readonly KnownRule[] {
  return packs.flatMap(({ name: pack, rules }) =>
    rules.map(({ name, severity, topics }) => ({ id: `${pack}/${name}`, name, severity, topics })),
  );
}

/** The rule that a file names as `pack/rule`, or as `rule` where only one pack has it. */
export function resolveRule(
  name: unknown,
  rules: readonly KnownRule[],
): { readonly rule: KnownRule } | { readonly problem: string } {
  const found = rules.filter((rule) => rule.id === name || rule.name === name);
  const [rule, ...others] = found;
  if (rule !== undefined && others.length === 0) return { rule };
  if (rule !== undefined) {
    return { problem: `${JSON.stringify(name)} - allowed: one of ${found.map(({ id }) => id).join(", ")}` };
  }
  const given = typeof name === "string" ? name : JSON.stringify(name ?? null);
  const elsewhere = rules.find((each) => given.endsWith(`/${each.name}`));
  const names = rules.map(given.includes("/") ? ({ id }) => id : ({ name: own }) => own);
  const hint =
    elsewhere === undefined ? suggestion(given, names, "the rules") : `did you mean ${elsewhere.id}?`;
  return { problem: `${JSON.stringify(name ?? null)}: no pack has this rule; ${hint}` };
}
