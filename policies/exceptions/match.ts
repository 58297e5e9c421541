import type { Day } from "./day";
import type { Grant } from "./exception";
import { matches, matchesResource, partsOfUrn } from "./pattern";

/** A violation that an exception may cover. */
export interface Violation {
  /** The resource, or the stack's root resource for a violation of the whole stack. */
  readonly urn: string;
  /** The property that violates the rule. */
  readonly at: string;
}

/** Whether an exception is about a violation, whatever its date is. */
export function isAbout({ resource, stack, at }: Grant, violation: Violation): boolean {
  if (!matches(stack, partsOfUrn(violation.urn).stack) || !matchesResource(resource, violation.urn))
    return false;
  return at === undefined || matches(at, violation.at);
}

/** What the exceptions say about a violation. */
export type Answer<G extends Grant> =
  | { readonly kind: "excepted"; readonly grant: G }
  | { readonly kind: "ended"; readonly grant: G }
  /** Without `at`, an exception does not cover several findings: it would also cover those that come later. */
  | { readonly kind: "several"; readonly grant: G; readonly findings: number }
  | { readonly kind: "none" };

/**
 * Finds the exception for a violation.
 *
 * @param siblings all violations of the rule, among them this one
 */
export function answerFor<G extends Grant>(
  violation: Violation,
  siblings: readonly Violation[],
  grants: readonly G[],
  today: Day,
): Answer<G> {
  const about = grants.filter((grant) => isAbout(grant, violation));
  const findings = siblings.filter(({ urn }) => urn === violation.urn).length;
  const covering = about.filter(({ at }) => at !== undefined || findings === 1);
  const valid = covering.find(({ until }) => today <= until);
  if (valid !== undefined) return { kind: "excepted", grant: valid };
  const [ended] = covering;
  if (ended !== undefined) return { kind: "ended", grant: ended };
  const [vague] = about;
  return vague === undefined ? { kind: "none" } : { kind: "several", grant: vague, findings };
}
