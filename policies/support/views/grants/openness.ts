import { excludesOthers, limits } from "./conditions";
import type { Principal, Statement } from "./document";
import { isWild } from "./patterns";

/** A statement that lets every caller in, and the principal that does. */
export interface OpenStatement {
  readonly at: string;
  /** As the message states it, e.g. `Principal *`. */
  readonly principal: string;
}

/**
 * The statements of a resource's or a role's policy that allow every caller: a principal of `*`, or one with exceptions,
 * without a condition that limits the callers, and without a `Deny` for all others.
 */
export function openStatements(statements: readonly Statement[]): readonly OpenStatement[] {
  if (statements.some(deniesOthers)) return [];
  return statements.flatMap((statement) => {
    const { at, allows, principals, conditions } = statement;
    if (!allows || conditions.some(limits)) return [];
    if (principals === undefined) return [{ at, principal: "NotPrincipal, which is everyone else" }];
    const open = principals.find(isEveryone);
    return open === undefined ? [] : [{ at, principal: `Principal ${open.id}` }];
  });
}

/** AWS also accepts `*` in a list, and refuses other wildcards in an ARN only when it creates the policy. */
export function isEveryone({ id }: Principal): boolean {
  return isWild(id) || /^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]/.test(id);
}

function deniesOthers({ allows, actions, principals, conditions }: Statement): boolean {
  return (
    !allows &&
    (principals ?? []).some(isEveryone) &&
    (actions ?? []).some((action) => /^(?:[^:]+:)?[*?]*\*[*?]*$/.test(action)) &&
    conditions.length === 1 &&
    conditions.every(excludesOthers)
  );
}
