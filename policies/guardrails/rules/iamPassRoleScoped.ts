import { resourceRule } from "../../support/rule";
import type { Condition, Statement } from "../../support/views/grants/document";
import { onAllowingStatements } from "../../support/views/grants/identities";
import { onAwsPolicies } from "../../support/views/grants/managedPolicies";
import { arnParts, everyResource, matches } from "../../support/views/grants/patterns";

/**
 * The actions with which a caller gives permissions to itself.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const givingPermissions = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "lambda:UpdateFunctionCode",
  "sts:AssumeRole",
];

/** AWS managed policies that allow iam:PassRole on all roles. */
const passingAnyRole: readonly string[] = [
  "AdministratorAccess",
  "AmazonEC2ContainerServiceFullAccess",
  "AmazonECS_FullAccess",
  "AmazonSageMakerFullAccess",
  "AWSCloudFormationFullAccess",
  "AWSCodePipeline_FullAccess",
  "AWSDataPipeline_FullAccess",
  "AWSGlueConsoleFullAccess",
  "AWSLambda_FullAccess",
  "AWSLambdaFullAccess",
  "AWSStepFunctionsFullAccess",
  "DatabaseAdministrator",
  "DataScientist",
  "IAMFullAccess",
  "SystemAdministrator",
];

export const iamPassRoleScoped = resourceRule(
  {
    name: "iam-pass-role-scoped",
    displayName: "iam:PassRole and changes of permissions on named roles only",
    description:
      "A policy that allows iam:PassRole, or an action that gives permissions, names the roles, users, groups and policies.",
    why: "A caller that may launch an instance with any role has the permissions of every role. So has a caller that may attach policies, create access keys or assume any role.",
    severity: "high",
    topics: ["least-privilege"],
    fix: "Put iam:PassRole into a statement of its own, with the ARN of the role to pass; name the roles or users of other actions that give permissions, too.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    counterparts: { fsbp: [], checkov: ["CKV_AWS_286"], cdkNag: ["AwsSolutions-IAM5"] },
    settings: {},
  },
  [
    onAllowingStatements(judgeStatement),
    onAwsPolicies((name) => passingAnyRole.includes(name), "a policy that passes named roles only"),
  ],
);

function judgeStatement({ actions, resources, conditions }: Statement) {
  const isAllowed = (action: string) => actions?.some((pattern) => matches(pattern, action)) ?? true;
  const unscoped = isAllowed("iam:PassRole") ? unscopedRoles(resources) : [];
  if (unscoped.length > 0) {
    return { value: `iam:PassRole on ${unscoped.join(", ")}`, allowed: "iam:PassRole on the ARNs of roles" };
  }
  if (conditions.some(limitsPermissions)) return undefined;
  const everywhere = resources === undefined ? ["*"] : everyResource(resources);
  const wideFor = (action: string) =>
    everywhere.filter((arn) => matches(arnParts(arn).service, action.slice(0, action.indexOf(":"))));
  const giving = givingPermissions.filter((action) => isAllowed(action) && wideFor(action).length > 0);
  if (giving.length === 0) return undefined;
  const wide = resources === undefined ? [allExceptions] : [...new Set(giving.flatMap(wideFor))];
  return {
    value: `${giving.join(", ")} on ${wide.join(", ")}`,
    allowed: "actions that give permissions on named ARNs",
  };
}

const allExceptions = "all with exceptions";

/** The resources that are roles, without at least the beginning of a role's name. */
function unscopedRoles(resources: readonly string[] | undefined): readonly string[] {
  if (resources === undefined) return [allExceptions];
  const roles = resources.filter(mayBeRole);
  const named = roles.filter((arn) => /:role\/(?![*?])/.test(arn));
  const wide = everyResource(named);
  return roles.filter((arn) => !named.includes(arn) || wide.includes(arn));
}

/** Whether a resource pattern matches roles, perhaps among others. */
function mayBeRole(resource: string): boolean {
  const [, , service = "*", , , ...rest] = resource.split(":");
  const kind = rest.length === 0 ? "*" : rest.join(":");
  return matches(service, "iam") && /^(?:role\/|r?o?l?e?[*?])/.test(kind);
}

/** The permissions that the caller may give have a boundary, or are those of named policies. */
function limitsPermissions({ operator, key }: Condition): boolean {
  return (
    /^(?:foranyvalue:)?(?:string|arn)(?:equals|like)$/.test(operator) &&
    ["iam:permissionsboundary", "iam:policyarn"].includes(key)
  );
}
