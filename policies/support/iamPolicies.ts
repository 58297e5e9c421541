import type { Finding } from "./finding";
import { allowingStatements, type Allowing } from "./iamDocument";
import { on, type Judgement } from "./rule";
import { judgeEach } from "./unknown";

/** What a rule says about one statement: a few words on what it allows, or nothing. */
export type JudgeStatement = (statement: Allowing) => string | undefined;

/** Judges each statement of every policy document, in whichever of IAM's places it stands. */
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
