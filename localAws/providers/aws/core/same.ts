import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

import { assetHash, hasUnknown } from "../../protocol/special";
import type { Properties, PropertyValue, Rule, Rules } from "../resourceType";
import { isList, isObject } from "../values";
import { policyMeaning } from "./policyDocument";

/**
 * Whether what the program wants is what is there, by the property's rule. `there` comes from AWS, so it may
 * hold more than was asked for; `wanted` comes from the program. A value not known yet is never the same.
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

/** Terraform's providers cannot tell a value left out from an empty one, so neither does ours. */
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

/** With rules only the members they name count: the rest is what AWS tells besides. */
function sameObjects(rules: Rules | undefined, there: Properties, wanted: Properties): boolean {
  if (rules !== undefined) {
    return Object.entries(rules).every(([name, rule]) => same(rule, there[name], wanted[name]));
  }
  const names = new Set([...Object.keys(there), ...Object.keys(wanted)]);
  return [...names].every((name) => sameMembers(there[name], wanted[name]));
}

/** In a free map a key with an empty text is a key all the same (a tag without a value). */
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
    // Not JSON, so its text is all there is to compare; AWS will say what it thinks of it.
    return document;
  }
}
