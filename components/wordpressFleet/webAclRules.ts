import type * as aws from "@pulumi/aws";

import type { FleetWafSettings } from "./options";

type WebAclRule = aws.types.input.wafv2.WebAclRule;

/** A rule group of AWS. */
interface ManagedGroup {
  readonly name: string;
  /** Rules that are only counted in each mode. */
  readonly onlyCounted: readonly string[];
}

/**
 * AWS's rule groups for a WordPress site, the cheapest first. A rule that inspects the body of a request is only counted:
 * authors save text and files of any content and size (`<script>` in a post, an SQL statement in a tutorial, a photo of
 * 8 MB), and WordPress itself decides which HTML an author may save.
 *
 * Together with the rate limit they need 1,350 of the 1,500 capacity units that the price of a web ACL includes.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const managedGroups: readonly ManagedGroup[] = [
  { name: "AWSManagedRulesAmazonIpReputationList", onlyCounted: [] },
  // It refuses /xmlrpc.php, as the servers do.
  { name: "AWSManagedRulesWordPressRuleSet", onlyCounted: [] },
  { name: "AWSManagedRulesPHPRuleSet", onlyCounted: ["PHPHighRiskMethodsVariables_BODY"] },
  {
    name: "AWSManagedRulesKnownBadInputsRuleSet",
    onlyCounted: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY"],
  },
  { name: "AWSManagedRulesSQLiRuleSet", onlyCounted: ["SQLi_BODY", "SQLiExtendedPatterns_BODY"] },
  {
    name: "AWSManagedRulesCommonRuleSet",
    onlyCounted: [
      "SizeRestrictions_BODY",
      "EC2MetaDataSSRF_BODY",
      "GenericLFI_BODY",
      "GenericRFI_BODY",
      "CrossSiteScripting_BODY",
    ],
  },
];

/** The number of rules, each of which AWS bills. */
export const webAclRuleCount = managedGroups.length + 1;

/** The rate limit of logins, and AWS's rule groups. In mode `count`, no rule blocks a request. */
export function planWebAclRules({ mode, loginRequestsPerFiveMinutes }: FleetWafSettings): WebAclRule[] {
  const counts = mode === "count";
  return [
    {
      name: "login-rate",
      priority: 0,
      action: counts ? { count: {} } : { block: {} },
      statement: {
        rateBasedStatement: {
          aggregateKeyType: "IP",
          evaluationWindowSec: 300,
          limit: loginRequestsPerFiveMinutes,
          scopeDownStatement: { regexMatchStatement: loginPages },
        },
      },
      visibilityConfig: visibilityOf("login-rate"),
    },
    ...managedGroups.map(({ name, onlyCounted }, index) => ({
      name,
      priority: index + 1,
      overrideAction: counts ? { count: {} } : { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name,
          ...(onlyCounted.length === 0 ? {} : { ruleActionOverrides: onlyCounted.map(countOnly) }),
        },
      },
      visibilityConfig: visibilityOf(name),
    })),
  ];
}

/** The metrics and the sampled requests of a rule or of the web ACL. */
export const visibilityOf = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

/** nginx decodes a path and resolves `//` and `..` before it compares it, and PHP accepts a path after the file's name. */
const loginPages = {
  regexString: "^/(wp-login|xmlrpc)\\.php(/|$)",
  fieldToMatch: { uriPath: {} },
  textTransformations: [
    { priority: 0, type: "URL_DECODE" },
    { priority: 1, type: "NORMALIZE_PATH" },
  ],
};

const countOnly = (name: string) => ({ name, actionToUse: { count: {} } });
