import type { Finding } from "../../support/finding";
import type { Allowing } from "../../support/iamDocument";
import { onPolicyStatements } from "../../support/iamPolicies";
import { on, resourceRule } from "../../support/rule";
import { judgeEach } from "../../support/unknown";

/** AWS's own policies that allow everything, or everything in IAM, which comes to the same. */
const allowEverything = ["AdministratorAccess", "IAMFullAccess"];

/** Whoever takes over a server or function with such rights has taken over the account. */
export const iamNoStarOnStar = resourceRule(
  {
    name: "iam-no-star-on-star",
    displayName: "No * on * in IAM",
    description: "No IAM policy allows every action, or every action of a service, on every resource.",
    why: "A server or a function is as dangerous as what it may do. With everything on everything, a hole in a WordPress plug-in is the end of the account.",
    severity: "critical",
    fix: "Name the actions that are needed, and the ARNs of the resources they are needed on.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
    counterparts: {
      fsbp: ["IAM.1", "IAM.21"],
      checkov: ["CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274", "CKV2_AWS_40", "CKV2_AWS_56"],
      cdkNag: ["AwsSolutions-IAM5"],
    },
    settings: {},
  },
  [
    ...onPolicyStatements(judgeStatement, "named actions, or named resources"),
    on("aws:iam/role:Role", ({ managedPolicyArns = [] }) =>
      judgeEach(managedPolicyArns, (arn, index) => judgeArn(arn, `managedPolicyArns[${String(index)}]`)),
    ),
    on("aws:iam/rolePolicyAttachment:RolePolicyAttachment", ({ policyArn }) =>
      judgeArn(policyArn, "policyArn"),
    ),
    on("aws:iam/policyAttachment:PolicyAttachment", ({ policyArn }) => judgeArn(policyArn, "policyArn")),
    on("aws:iam/userPolicyAttachment:UserPolicyAttachment", ({ policyArn }) =>
      judgeArn(policyArn, "policyArn"),
    ),
    on("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", ({ policyArn }) =>
      judgeArn(policyArn, "policyArn"),
    ),
  ],
);

function judgeStatement({ actions, resources }: Allowing): string | undefined {
  const everywhere = resources === undefined || resources.includes("*");
  const wide =
    actions === undefined ? ["all but some"] : actions.filter((action) => /^(?:[^:]+:)?\*$/.test(action));
  return everywhere && wide.length > 0 ? `${wide.join(", ")} on *` : undefined;
}

function* judgeArn(arn: string, at: string): Iterable<Finding> {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (arn.includes(":aws:policy/") && allowEverything.includes(name)) {
    yield { at, value: arn, allowed: "a policy that does not allow everything" };
  }
}
