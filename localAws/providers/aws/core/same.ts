import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

import { assetHash, hasUnknown } from "../../protocol/special";
import type { Properties, PropertyValue, Rule, Rules } from "../resourceType";
import { isList, isObject } from "../values";
import { policyMeaning } from "./policyDocument";

/**
 * Whether the program's value (`wanted`) equals AWS's value (`there`) by the property's rule. AWS may return more than was
 * requested. An unknown value is never equal.
 */
export function same(
  rule: Rule | undefined,
  there: PropertyValue | undefined,
  wanted: PropertyValue | undefined,
): boolean {
  if (wanted === undefined || wanted === null) {
    if (rule?.computed === true) return true;
    return rule?.default === undefined
      ? isEmpty(there)
      : same({ ...rule, default: null }, there, rule.default);
  }
  if (hasUnknown(wanted)) return false;
  if (there === undefined || there === null) return isEmpty(wanted);
  const wantedHash = assetHash(wanted);
  if (wantedHash !== undefined) return wantedHash === assetHash(there);
  if (rule?.json !== undefined) return isDeepStrictEqual(meaning(rule, there), meaning(rule, wanted));
  if (rule?.spelling !== undefined && typeof there === "string" && typeof wanted === "string") {
    return rule.spelling(there) === rule.spelling(wanted);
  }
  if (isList(wanted)) return isList(there) && sameLists(rule, there, wanted);
  if (isObject(wanted)) return isObject(there) && sameObjects(rule?.nested, there, wanted);
  return there === wanted;
}

/** As in Terraform's providers, an omitted value equals an empty one. */
export function isEmpty(value: PropertyValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "object") return Object.keys(value).length === 0;
  return value === false || value === 0 || value === "";
}

function sameLists(
  rule: Rule | undefined,
  there: readonly PropertyValue[],
  wanted: readonly PropertyValue[],
): boolean {
  if (there.length !== wanted.length) return false;
  const member: Rule = {
    ...(rule?.nested === undefined ? {} : { nested: rule.nested }),
    ...(rule?.spelling === undefined ? {} : { spelling: rule.spelling }),
  };
  if (rule?.set !== true) return wanted.every((value, index) => same(member, there[index], value));
  const left = [...there];
  return wanted.every((value) => {
    const index = left.findIndex((candidate) => same(member, candidate, value));
    if (index < 0) return false;
    left.splice(index, 1);
    return true;
  });
}

/** With rules, only the members that they name count. AWS may return others. */
function sameObjects(rules: Rules | undefined, there: Properties, wanted: Properties): boolean {
  if (rules !== undefined) {
    return Object.entries(rules).every(([name, rule]) => same(rule, there[name], wanted[name]));
  }
  const names = new Set([...Object.keys(there), ...Object.keys(wanted)]);
  return [...names].every((name) => sameMembers(there[name], wanted[name]));
}

/** In a map without rules, a key with an empty string counts as a key (a tag without a value). */
function sameMembers(there: PropertyValue | undefined, wanted: PropertyValue | undefined): boolean {
  if (there === "" || wanted === "") return there === wanted;
  return same(undefined, there, wanted);
}

const jsonValue = z.json();

function meaning({ json }: Rule, document: PropertyValue): PropertyValue {
  const value = parsed(document);
  return json === "policy" ? policyMeaning(value) : value;
}

function parsed(document: PropertyValue): PropertyValue {
  if (typeof document !== "string") return document;
  try {
    return jsonValue.parse(JSON.parse(document));
  } catch {
    // Not JSON, so the texts are compared. AWS will refuse it if it is wrong.
    return document;
  }
}
