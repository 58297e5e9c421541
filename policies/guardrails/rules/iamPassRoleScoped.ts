import { matches, type Allowing } from "../../support/iamDocument";
import { onPolicyStatements } from "../../support/iamPolicies";
import { resourceRule } from "../../support/rule";

export const iamPassRoleScoped = resourceRule(
  {
    name: "iam-pass-role-scoped",
    displayName: "iam:PassRole on named roles only",
    description: "A policy that allows iam:PassRole names the roles that may be passed.",
    why: "A caller that may launch an instance with any role has the permissions of every role. The scheduled launcher launches instances.",
    severity: "high",
    topics: ["least-privilege"],
    fix: "Put iam:PassRole into a statement of its own, with the ARN of the role to pass.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_286"], cdkNag: ["AwsSolutions-IAM5"] },
    settings: {},
  },
  onPolicyStatements(judgeStatement, "iam:PassRole on the ARNs of roles"),
);

function judgeStatement({ actions, resources }: Allowing): string | undefined {
  const passes = actions?.some((action) => matches(action, "iam:PassRole")) ?? true;
  if (!passes) return undefined;
  const unscoped =
    resources === undefined ? ["all with exceptions"] : resources.filter((arn) => !namesRole(arn));
  return unscoped.length > 0 ? `iam:PassRole on ${unscoped.join(", ")}` : undefined;
}

/** A role's ARN with at least the beginning of its name. */
function namesRole(arn: string): boolean {
  return /^arn:[^:]+:iam::[^:]*:role\/(?!\*)/.test(arn);
}
