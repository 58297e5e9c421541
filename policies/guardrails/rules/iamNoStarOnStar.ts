import type { Finding } from "../../support/finding";
import type { Allowing } from "../../support/iamDocument";
import { onPolicyStatements } from "../../support/iamPolicies";
import { on, resourceRule } from "../../support/rule";
import { judgeEach } from "../../support/unknown";

/** AWS managed policies that allow everything, or everything in IAM, which has the same effect. */
const allowEverything = ["AdministratorAccess", "IAMFullAccess"];

export const iamNoStarOnStar = resourceRule(
  {
    name: "iam-no-star-on-star",
    displayName: "No * on * in IAM",
    description: "No IAM policy allows all actions, or all actions of a service, on all resources.",
    why: "An attacker who controls a server or a function has its permissions. With all actions on all resources, a vulnerable WordPress plug-in gives away the whole account.",
    severity: "critical",
    topics: ["least-privilege"],
    fix: "Name the needed actions, and the ARNs of the resources that they need.",
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
    actions === undefined
      ? ["all with exceptions"]
      : actions.filter((action) => /^(?:[^:]+:)?\*$/.test(action));
  return everywhere && wide.length > 0 ? `${wide.join(", ")} on *` : undefined;
}

function* judgeArn(arn: string, at: string): Iterable<Finding> {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (arn.includes(":aws:policy/") && allowEverything.includes(name)) {
    yield { at, value: arn, allowed: "a policy that does not allow everything" };
  }
}
