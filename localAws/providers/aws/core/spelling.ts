import type { Properties, PropertyValue, Rule, Rules } from "../resourceType";
import { isList, isObject } from "../values";

/**
 * The inputs in the provider's spelling, which AWS receives and returns. Another spelling in the program (`TCP`, `http`, a
 * domain name with a final dot) stays in the inputs and is no difference.
 */
export function spelt(rules: Rules, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, speltValue(rules[name], value)]),
  );
}

function speltValue(rule: Rule | undefined, value: PropertyValue): PropertyValue {
  if (typeof value === "string") return rule?.spelling?.(value) ?? value;
  if (isList(value)) return value.map((member) => speltValue(rule, member));
  return isObject(value) && rule?.nested !== undefined ? spelt(rule.nested, value) : value;
}
