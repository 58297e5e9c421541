import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import type { AnyResource } from "../../support/resourceTypes";
import { on, resourceRule, type Judgement } from "../../support/rule";
import { judgeEach } from "../../support/unknown";
import { isBucketType } from "../../support/views/grants/buckets";
import { onOpenResourcePolicies } from "../../support/views/grants/resourcePolicies";

/** The permissions that are resources of their own, with the properties of which one limits the callers. */
const permissions: Readonly<Record<string, readonly string[]>> = {
  "aws:cloudwatch/eventPermission:EventPermission": ["condition"],
  "aws:lambda/layerVersionPermission:LayerVersionPermission": ["organizationId"],
  "aws:lambda/permission:Permission": ["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"],
};

const allowed =
  "named principals, or a condition that limits the callers to an account, an organization or a source";

export const noPublicResourcePolicies = resourceRule(
  {
    name: "no-public-resource-policies",
    displayName: "No resource policy for everyone",
    description:
      "No policy of a topic, queue, secret, file system, key, function or other resource allows every principal without a condition that limits the callers.",
    why: "Such a policy lets every AWS account, and often callers without one, read a secret, send to a queue or invoke a function. No policy of an identity in the account can take that back.",
    severity: "critical",
    topics: ["public-access"],
    fix: "Name the principals, or add a condition such as StringEquals with aws:SourceAccount, aws:PrincipalOrgID or ArnLike with aws:SourceArn.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    counterparts: {
      fsbp: ["KMS.5", "Lambda.1", "SNS.4", "SQS.3"],
      checkov: ["CKV_AWS_32", "CKV_AWS_33", "CKV_AWS_168", "CKV_AWS_169", "CKV_AWS_301", "CKV_AWS_387"],
      cdkNag: [],
    },
    settings: {},
  },
  [
    onOpenResourcePolicies((type) => !isBucketType(type), allowed),
    onPermissions(),
    on("aws:ssm/document:Document", ({ permissions: shares }) => {
      const accounts = shares?.["account_ids"]?.split(",").map((id) => id.trim().toLowerCase()) ?? [];
      const value = accounts.includes("all") ? "All" : undefined;
      return value === undefined
        ? []
        : [{ at: "permissions.account_ids", value, allowed: "ids of accounts" }];
    }),
    on("aws:ec2/vpcEndpointService:VpcEndpointService", ({ allowedPrincipals = [] }) =>
      judgeEach(allowedPrincipals, (principal, index) =>
        onlyNamed(`allowedPrincipals[${String(index)}]`, principal),
      ),
    ),
    on("aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple", ({ principalArn }) =>
      onlyNamed("principalArn", principalArn),
    ),
  ],
);

function onlyNamed(at: string, principal: string): readonly Finding[] {
  return principal === "*" ? [{ at, value: principal, allowed: "ARNs of principals" }] : [];
}

function onPermissions(): Judgement<object> {
  return { appliesTo: (type) => Object.hasOwn(permissions, type), judge: judgePermission };
}

function judgePermission({ type, props }: AnyResource): readonly Finding[] {
  const principal: unknown = Reflect.get(props, "principal");
  if (typeof principal !== "string" || (permissions[type] ?? []).some((name) => isSet(props, name)))
    return [];
  // A bucket's name does not contain its account: any account could create one and call.
  const isOpen = principal === "*" || principal === "s3.amazonaws.com";
  return isOpen ? [{ at: "principal", value: principal, allowed }] : [];
}
