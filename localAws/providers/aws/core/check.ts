import { hasUnknown } from "../../protocol/special";
import type { AnyResourceType, CheckFailure, Properties, PropertyValue, Rule, Rules } from "../resourceType";
import { isList, isObject } from "../values";
import { autoName, isAutoName } from "./autoName";
import { spelt } from "./spelling";

/** The program's arguments of a resource. */
export interface Given {
  /** The resource's name in the program. */
  readonly name: string;
  readonly inputs: Properties;
  /** The inputs of the last run; empty for a new resource and for a replacement. */
  readonly old: Properties;
  /** The engine's seed, the same in a preview and its update. */
  readonly randomSeed: Uint8Array;
}

export interface Checked {
  readonly inputs: Properties;
  /** All problems. */
  readonly failures: readonly CheckFailure[];
}

/** The inputs with generated names and defaults, or all problems that AWS or this provider would refuse. Sends no request. */
export function check(type: AnyResourceType, { name, inputs: given, old, randomSeed }: Given): Checked {
  const inputs = { ...withDefaults(type.properties, given) };
  const failures = memberFailures(type.token, "", type.properties, inputs);
  for (const [property, rule] of Object.entries(type.properties)) {
    if (rule?.autoName === undefined || inputs[property] !== undefined) continue;
    const made = keptName(name, old[property]) ?? autoName(name, rule.autoName, randomSeed);
    if (made === undefined) failures.push(tooLong(property, name, rule.autoName.maxLength));
    else inputs[property] = made;
  }
  if (failures.length === 0 && type.check !== undefined && !hasUnknown(inputs)) {
    failures.push(...type.check(spelt(type.properties, inputs)));
  }
  return { inputs, failures };
}

/** A generated name stays. A name that the program no longer sets is dropped, as in the official provider. */
function keptName(resourceName: string, old: PropertyValue | undefined): string | undefined {
  return typeof old === "string" && isAutoName(resourceName, old) ? old : undefined;
}

function tooLong(property: string, name: string, maxLength: number): CheckFailure {
  return {
    property,
    reason: `the resource's name "${name}" and a random suffix are longer than the ${maxLength} characters that AWS allows; give ${property} or shorten the resource's name`,
  };
}

/** Removes nulls, which are omitted values, and adds defaults, also in nested blocks. */
function withDefaults(rules: Rules | undefined, given: Properties): Properties {
  const inputs: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== null) inputs[name] = withMemberDefaults(rules?.[name], value);
  }
  for (const [name, rule] of Object.entries(rules ?? {})) {
    if (inputs[name] === undefined && rule?.default !== undefined) inputs[name] = rule.default;
  }
  return inputs;
}

function withMemberDefaults(rule: Rule | undefined, value: PropertyValue): PropertyValue {
  if (rule?.nested === undefined) return value;
  if (isList(value)) return value.map((member) => withMemberDefaults(rule, member));
  return isObject(value) ? withDefaults(rule.nested, value) : value;
}

function memberFailures(token: string, path: string, rules: Rules, values: Properties): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [name, value] of Object.entries(values)) {
    const rule = rules[name];
    if (rule === undefined) failures.push(unsupported(token, path, name, rules));
    else if (rule.nested !== undefined) {
      failures.push(...nestedFailures(token, path + name, rule.nested, value));
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule?.required === true && values[name] === undefined) {
      failures.push({ property: path + name, reason: `${token} requires ${path + name}` });
    }
  }
  return failures;
}

function nestedFailures(token: string, path: string, rules: Rules, value: PropertyValue): CheckFailure[] {
  if (isList(value)) {
    return value.flatMap((member, index) => nestedFailures(token, `${path}[${index}]`, rules, member));
  }
  return isObject(value) ? memberFailures(token, `${path}.`, rules, value) : [];
}

function unsupported(token: string, path: string, name: string, rules: Rules): CheckFailure {
  const taken = Object.keys(rules).sort().join(", ");
  return {
    property: path + name,
    reason: `${token} does not support ${path + name} here; the local provider supports ${taken}`,
  };
}
