import { excludesOthers, limits, sparesServices } from "./conditions";
import type { Principal, Statement } from "./document";
import { isWild, matches } from "./patterns";

/** A statement that lets every caller in, and the principal that does. */
export interface OpenStatement {
  readonly at: string;
  /** As the message states it, e.g. `Principal *`. */
  readonly principal: string;
}

/**
 * The statements of a resource's or a role's policy that allow every caller: a principal of `*`, or one with exceptions,
 * without a condition that limits the callers, and without a `Deny` of the same for all others.
 */
export function openStatements(statements: readonly Statement[]): readonly OpenStatement[] {
  const denials = statements.filter(deniesOthers);
  return statements.flatMap((statement) => {
    const { at, allows, principals, conditions } = statement;
    if (!allows || conditions.some(limits) || isDenied(statement, denials)) return [];
    if (principals === undefined) return [{ at, principal: "NotPrincipal, which is everyone else" }];
    const open = principals.find(isEveryone);
    return open === undefined ? [] : [{ at, principal: `Principal ${open.id}` }];
  });
}

/** AWS also accepts `*` in a list, and refuses other wildcards in an ARN only when it creates the policy. */
export function isEveryone({ id }: Principal): boolean {
  return isWild(id) || /^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(id);
}

/** Whether a `Deny` leaves only named principals, or callers whom its conditions limit. All must be true to deny. */
function deniesOthers({ allows, principals, exceptedPrincipals, conditions }: Statement): boolean {
  if (allows) return false;
  if (principals === undefined) return conditions.length === 0 && !exceptedPrincipals.some(isEveryone);
  return (
    principals.some(isEveryone) &&
    conditions.some(excludesOthers) &&
    conditions.every((condition) => excludesOthers(condition) || sparesServices(condition))
  );
}

/** Whether the denials together include every action on every resource that a statement allows. */
function isDenied({ actions = ["*"], resources = ["*"] }: Statement, denials: readonly Statement[]): boolean {
  if (denials.length === 0) return false;
  return actions.every((action) => {
    const ofAction = denials.filter((denial) => includes(denial.actions, action));
    // A role's trust policy has no resources.
    return (
      ofAction.length > 0 &&
      resources.every((resource) => ofAction.some((denial) => includes(denial.resources, resource)))
    );
  });
}

/** @param patterns `undefined` for NotAction or NotResource, whose exceptions remain open. */
function includes(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns?.some((pattern) => matches(pattern, text)) === true;
}
