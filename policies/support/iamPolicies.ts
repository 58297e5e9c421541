import type { Finding } from "./finding";
import { allowingStatements, type Allowing } from "./iamDocument";
import { on, type Judgement } from "./rule";
import { judgeEach } from "./unknown";

/** Judges a statement: returns what it allows, as the message states it, or undefined when it may. */
export type JudgeStatement = (statement: Allowing) => string | undefined;

/** Judges every statement of every policy document, inline or managed. */
export function onPolicyStatements(judge: JudgeStatement, allowed: string): readonly Judgement<object>[] {
  const judgeDocument = (document: unknown, at: string) => findings(document, at, judge, allowed);
  return [
    on("aws:iam/policy:Policy", ({ policy }) => judgeDocument(policy, "policy")),
    on("aws:iam/rolePolicy:RolePolicy", ({ policy }) => judgeDocument(policy, "policy")),
    on("aws:iam/userPolicy:UserPolicy", ({ policy }) => judgeDocument(policy, "policy")),
    on("aws:iam/groupPolicy:GroupPolicy", ({ policy }) => judgeDocument(policy, "policy")),
    on("aws:iam/role:Role", ({ inlinePolicies = [] }) =>
      judgeEach(inlinePolicies, ({ policy }, index) =>
        judgeDocument(policy, `inlinePolicies[${String(index)}].policy`),
      ),
    ),
  ];
}

function* findings(document: unknown, at: string, judge: JudgeStatement, allowed: string): Iterable<Finding> {
  for (const statement of allowingStatements(document)) {
    const value = judge(statement);
    if (value !== undefined) yield { at: `${at}.${statement.at}`, value, allowed };
  }
}
