import type { EnforcementLevel } from "@pulumi/policy";

import type { Day } from "../exceptions/day";
import { isSelected } from "../selection";
import type { Rule } from "../support/rule";

/** What decides which rules a level is for, from the most exact one. */
export const selectors = ["rule", "tag", "framework", "severity"] as const;

export type Selector = (typeof selectors)[number];

/** A level of `policies/levels.yaml`. */
export interface Level {
  readonly selector: Selector;
  /** The rules as `pack/rule`, or tags, frameworks or severities. */
  readonly values: readonly string[];
  readonly level: EnforcementLevel;
  /** The last day of the level; undefined for a level without an end. The rules are mandatory afterwards. */
  readonly until: Day | undefined;
  readonly reason: string;
}

/**
 * The level of a rule on a day; undefined for its own. The most exact selector decides; of several levels with the same
 * selector, the last one in the file.
 *
 * @param id `pack/rule`
 */
export function levelOf(id: string, rule: Rule, levels: readonly Level[], today: Day): Level | undefined {
  const valid = levels.filter(({ until }) => until === undefined || today <= until);
  return selectors
    .map((selector) => valid.findLast((each) => each.selector === selector && isFor(id, rule, each)))
    .find((level) => level !== undefined);
}

function isFor(id: string, rule: Rule, { selector, values }: Level): boolean {
  if (selector === "rule") return values.includes(id);
  return isSelected(rule, {
    frameworks: selector === "framework" ? values : [],
    severities: selector === "severity" ? values : [],
    tags: selector === "tag" ? values : [],
  });
}

/** `advisory until 2027-01-31, then mandatory: REASON` */
export function levelText({ level, until, reason }: Level): string {
  return until === undefined ? `${level}: ${reason}` : `${level} until ${until}, then mandatory: ${reason}`;
}
