import type { Day } from "./day";
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
  /** The most days from today to the end. Default: {@link defaultMaximumDays}. */
  readonly maximumDays?: number;
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
  /** The most days from today to the end of an exception. */
  readonly maximumDays: number;
}

/** The longest time that an exception may last, unless a configuration sets `maximumDays`. */
export const defaultMaximumDays = 180;

export const noExceptions: Exceptions = {
  entries: [],
  criticalTopics: [],
  maximumDays: defaultMaximumDays,
};

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
      ...(exceptions.maximumDays === defaultMaximumDays ? {} : { maximumDays: exceptions.maximumDays }),
      ...(isCritical && criticalTopic !== undefined ? { criticalTopic } : {}),
    }));
}
