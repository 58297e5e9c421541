import * as aws from "@pulumi/aws";

import { named } from "../settings/named";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";
import { planWebAclRules, visibilityOf } from "./webAclRules";

/** AWS WAF requires this beginning of a log group's name. */
const logGroupPrefix = "aws-waf-logs-";

/**
 * With `waf`: a web ACL of AWS WAF before the load balancer, and a log group with the requests that its rules blocked or
 * counted. A log line has the visitor's address and the path, but no cookie, no password and no query (the link for a new
 * password has its key there).
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export function createWebAcl(
  { name, tags, parent }: FleetScope,
  { waf }: FleetSettings,
  loadBalancer: aws.lb.LoadBalancer,
): void {
  if (waf === undefined) return;
  const aclName = `${name}-waf`;
  const webAcl = new aws.wafv2.WebAcl(
    aclName,
    {
      description: "Requests to the load balancer of WordPress",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: planWebAclRules(waf),
      visibilityConfig: visibilityOf(aclName),
      tags: named(aclName, tags),
    },
    { parent },
  );
  const logGroupName = `${logGroupPrefix}${name}`;
  const logGroup = new aws.cloudwatch.LogGroup(
    logGroupName,
    { retentionInDays: waf.logRetentionDays, tags: named(logGroupName, tags) },
    { parent },
  );
  const logging = new aws.wafv2.WebAclLoggingConfiguration(
    aclName,
    {
      resourceArn: webAcl.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: [
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "cookie" } },
        { queryString: {} },
      ],
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
              actionCondition: { action },
            })),
          },
        ],
      },
    },
    { parent },
  );
  new aws.wafv2.WebAclAssociation(
    aclName,
    { resourceArn: loadBalancer.arn, webAclArn: webAcl.arn },
    // No request is blocked or counted without a log line.
    { parent, dependsOn: logging },
  );
}
