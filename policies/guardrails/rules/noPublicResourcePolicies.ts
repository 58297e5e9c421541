import type { Finding } from "../../support/finding";
import { isSet } from "../../support/isSet";
import type { AnyResource } from "../../support/resourceTypes";
import { on, resourceRule, type Judgement } from "../../support/rule";
import { judgeEach, tryRead } from "../../support/unknown";
import { isBucketType } from "../../support/views/grants/buckets";
import { limits } from "../../support/views/grants/conditions";
import { onOpenResourcePolicies } from "../../support/views/grants/resourcePolicies";

/** The properties that limit the callers of a permission, with the condition keys of the same meaning. */
type Limits = Readonly<Record<string, string>>;

/** The permissions that are resources of their own. */
const permissions: Readonly<Record<string, Limits>> = {
  "aws:cloudwatch/eventPermission:EventPermission": {},
  "aws:lambda/layerVersionPermission:LayerVersionPermission": { organizationId: "aws:principalorgid" },
  "aws:lambda/permission:Permission": {
    sourceArn: "aws:sourcearn",
    sourceAccount: "aws:sourceaccount",
    principalOrgId: "aws:principalorgid",
  },
};

/**
 * Services that call for resources of any account: an account that is not named could create a topic, a bucket, an API or
 * a receipt rule, and call. A rule of EventBridge reaches another account only with a role.
 */
const callingServices: readonly string[] = ["apigateway", "iot", "s3", "ses", "sns"].map(
  (service) => `${service}.amazonaws.com`,
);

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
  if (typeof principal !== "string") return [];
  const isOpen = principal === "*" || callingServices.includes(principal);
  if (!isOpen || isSet(props, "eventSourceToken") || isLimited(props, permissions[type] ?? {})) return [];
  return [{ at: "principal", value: principal, allowed }];
}

function isLimited(props: object, properties: Limits): boolean {
  if (Object.entries(properties).some(([name, key]) => isSet(props, name) && limitsBy(props, name, key)))
    return true;
  const condition: unknown = isSet(props, "condition") ? Reflect.get(props, "condition") : undefined;
  if (typeof condition !== "object" || condition === null) return false;
  const text = (name: string) => String(Reflect.get(condition, name));
  const [operator, key] = [text("type").toLowerCase(), text("key").toLowerCase()];
  return limits({ operator, key, values: [text("value")] });
}

/** A value that a preview does not know is of another resource, which has a name. */
function limitsBy(props: object, name: string, key: string): boolean {
  const read = tryRead(() => String(Reflect.get(props, name)));
  return !read.known || limits({ operator: "stringlike", key, values: [read.value] });
}
