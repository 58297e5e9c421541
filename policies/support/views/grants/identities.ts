import type { Finding } from "../../finding";
import { judgeAt, type JudgeValue } from "../../propertyPaths";
import type { Judgement } from "../../rule";
import { statementsOf, type Statement } from "./document";

/** Where each type has the policy documents of identities. */
export const documentPaths: Readonly<Record<string, string>> = {
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/role:Role": "inlinePolicies[].policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
};

/** Where each type has the ARNs of managed policies that identities get. */
export const managedPolicyPaths: Readonly<Record<string, string>> = {
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns[]",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:iam/role:Role": "managedPolicyArns[]",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns[]",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns[]",
  "aws:quicksight/iamPolicyAssignment:IamPolicyAssignment": "policyArn",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
  "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": "managedPolicyArns[]",
};

/** Judges the values at each type's path. */
export function onPaths(
  paths: Readonly<Record<string, string>>,
  judge: JudgeValue<Finding>,
): Judgement<object> {
  return {
    appliesTo: (type) => Object.hasOwn(paths, type),
    judge: ({ type, props }) => judgeAt(props, paths[type] ?? "", judge),
  };
}

/** Judges every policy document of an identity, inline or managed. */
export function onIdentityPolicies(
  judge: (statements: readonly Statement[], at: string) => Iterable<Finding>,
): Judgement<object> {
  return onPaths(documentPaths, (document, at) => judge(statementsOf(document), at));
}

/** Judges every `Allow` statement of every identity's policies by itself. */
export function onAllowingStatements(
  judge: (statement: Statement) => Pick<Finding, "value" | "allowed"> | undefined,
): Judgement<object> {
  return onIdentityPolicies(function* (statements, at) {
    for (const statement of statements.filter(({ allows }) => allows)) {
      const found = judge(statement);
      if (found !== undefined) yield { at: `${at}.${statement.at}`, ...found };
    }
  });
}
