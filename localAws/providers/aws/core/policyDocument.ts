import type { PropertyValue } from "../resourceType";
import { isList, isObject } from "../values";

/**
 * Normalizes a policy, as the official provider compares policies: a value equals a list of it, lists and statements
 * have no order, an account id equals its root ARN, and all spellings of "every principal" equal `*`.
 * Source: github.com/hashicorp/awspolicyequivalence.
 */
export function policyMeaning(document: PropertyValue): PropertyValue {
  if (!isObject(document) || document["Statement"] === undefined) return document;
  return { ...document, Statement: sorted(listOf(document["Statement"]).map(statementMeaning)) };
}

const sets: readonly string[] = ["Action", "NotAction", "Resource", "NotResource"];
const principals: readonly string[] = ["Principal", "NotPrincipal"];

function statementMeaning(statement: PropertyValue): PropertyValue {
  if (!isObject(statement)) return statement;
  const meanings = Object.entries(statement).map(([name, value]): readonly [string, PropertyValue] => {
    if (sets.includes(name)) return [name, sorted(listOf(value))];
    if (principals.includes(name)) return [name, principalMeaning(value)];
    return [name, name === "Condition" ? conditionMeaning(value) : value];
  });
  return Object.fromEntries(meanings);
}

function principalMeaning(principal: PropertyValue): PropertyValue {
  if (!isObject(principal)) return principal === "*" ? { AWS: ["*"] } : principal;
  return Object.fromEntries(
    Object.entries(principal).map(([kind, value]) => [kind, sorted(listOf(value).map(root))]),
  );
}

function root(principal: PropertyValue): PropertyValue {
  return typeof principal === "string" && /^\d{12}$/.test(principal)
    ? `arn:aws:iam::${principal}:root`
    : principal;
}

/** By operator and key. The values are strings, booleans or numbers. */
function conditionMeaning(condition: PropertyValue): PropertyValue {
  if (!isObject(condition)) return condition;
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      isObject(keys)
        ? Object.fromEntries(
            Object.entries(keys).map(([key, value]) => [key, sorted(listOf(value).map(String))]),
          )
        : keys,
    ]),
  );
}

function listOf(value: PropertyValue): readonly PropertyValue[] {
  return isList(value) ? value : [value];
}

/** Sorted: strings alphabetically, objects by their members in alphabetical order. */
function sorted(values: readonly PropertyValue[]): readonly PropertyValue[] {
  const keyed = values.map((value) => ({ value, key: JSON.stringify(inOrder(value)) }));
  const unique = keyed.filter(({ key }, index) => keyed.findIndex((other) => other.key === key) === index);
  return unique.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ value }) => value);
}

function inOrder(value: PropertyValue): PropertyValue {
  if (isList(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, inOrder(value[name] ?? null)]),
  );
}
