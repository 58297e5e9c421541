import { webAclLogging } from "../../../policies/production/rules/webAclLogging";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, unknown } from "../support/fixture";
import { site } from "../support/site";

const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "site",
  sampledRequestsEnabled: true,
};
const webAcl = (name: string) =>
  among(
    fixture("aws:wafv2/webAcl:WebAcl", name, {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig,
    }),
    {},
  );
const front = webAcl("front");
const other = webAcl("other");
const logOf = (...acls: readonly (typeof front)[]) =>
  among(
    fixture("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "log", {
      resourceArn: unknown,
      logDestinationConfigs: ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-site"],
    }),
    { resourceArn: [...acls] },
  );
const refused = { of: front, at: "its logging configuration", value: undefined, allowed: "one" };

describe("web-acl-logging", () => {
  itPassesStack(webAclLogging, "no web ACL", site);
  itPassesStack(webAclLogging, "a web ACL with a log", [...site, front, logOf(front)]);
  itRefusesStack(webAclLogging, "a web ACL without a log", [...site, front], refused);
  itRefusesStack(webAclLogging, "the log of another web ACL", [...site, front, other, logOf(other)], refused);
  itAwaitsUpdate(webAclLogging, "the log of either", [front, other, logOf(front, other)], "resourceArn");
});
