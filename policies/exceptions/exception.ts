import { exceptionsName } from "../support/settings";
import { isDay, type Day } from "./day";
import type { KnownRule } from "./ruleNames";

/** An exception for one rule, as the rule's configuration carries it in its property `exceptions`. */
export interface Grant {
  /** A URN, or a pattern of {@link matchesResource}. */
  readonly resource: string;
  /** A pattern of stack names. */
  readonly stack: string;
  /** A pattern of the property that violates the rule. Without it, the exception covers a rule's only finding. */
  readonly at?: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which the exception applies. */
  readonly until: Day;
  /** For a critical rule: the topic of the rule for which the file allows exceptions. */
  readonly criticalTopic?: string;
}

/** An exception of `policies/exceptions.yaml`. */
export interface Exception extends Grant {
  /** The rules as `pack/rule`. */
  readonly rules: readonly string[];
  /** Its line in the file, from 1. */
  readonly line: number;
}

/** All exceptions of a file. */
export interface Exceptions {
  readonly entries: readonly Exception[];
  /** The topics for whose critical rules exceptions are allowed. */
  readonly criticalTopics: readonly string[];
}

export const noExceptions: Exceptions = { entries: [], criticalTopics: [] };

const required = ["resource", "stack", "reason", "owner"] as const;

/** Whether a configured value is a grant; a rule ignores every other value, so that a mistake never excepts. */
export function isGrant(value: unknown): value is Grant {
  if (typeof value !== "object" || value === null) return false;
  const properties = new Map<string, unknown>(Object.entries(value));
  return (
    required.every((name) => isText(properties.get(name))) &&
    isDay(properties.get("until")) &&
    ["at", "criticalTopic"].every((name) => !properties.has(name) || isText(properties.get(name)))
  );
}

/** The grants in a rule's configuration. */
export function grantsIn(config: object): readonly Grant[] {
  const configured: unknown = Reflect.get(config, exceptionsName);
  return Array.isArray(configured) ? configured.filter(isGrant) : [];
}

/** The exceptions of a rule, as its configuration carries them. */
export function grantsOf(rule: KnownRule, exceptions: Exceptions): readonly Grant[] {
  const criticalTopic = rule.topics.find((topic) => exceptions.criticalTopics.includes(topic));
  const isCritical = rule.severity === "critical";
  if (isCritical && criticalTopic === undefined) return [];
  return exceptions.entries
    .filter(({ rules }) => rules.includes(rule.id))
    .map(({ resource, stack, at, reason, owner, until }) => ({
      ...{ resource, stack, reason, owner, until },
      ...(at === undefined ? {} : { at }),
      ...(isCritical && criticalTopic !== undefined ? { criticalTopic } : {}),
    }));
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !/[\r\n]/.test(value);
}
