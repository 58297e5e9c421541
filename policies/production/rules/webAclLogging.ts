import type { StackFinding } from "../../support/finding";
import { referencesOf } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

export const webAclLogging = stackRule(
  {
    name: "web-acl-logging",
    displayName: "Web ACL with a log",
    description: "A web ACL of AWS WAF has a logging configuration.",
    why: "Only the log shows which requests the web ACL blocks or counts: those of an author who cannot save a post, and those of an attack.",
    severity: "low",
    topics: ["logging"],
    fix: "Add an aws.wafv2.WebAclLoggingConfiguration with the web ACL's ARN as resourceArn.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11",
    counterparts: { fsbp: ["WAF.11"], checkov: ["CKV2_AWS_31"], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:wafv2/webAcl:WebAcl"), (webAcl) => judgeWebAcl(webAcl, stack));
  },
);

function* judgeWebAcl(
  webAcl: StackResourceOf<"aws:wafv2/webAcl:WebAcl">,
  stack: readonly StackResource[],
): Iterable<StackFinding> {
  const isIt = ({ urn }: StackResource) => urn === webAcl.urn;
  const configurations = allOf(stack, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").map(
    (each) => referencesOf(stack, each, "resourceArn", "aws:wafv2/webAcl:WebAcl", { key: "arn" }),
  );
  const possible = configurations.filter((each) => each.possible.some(isIt));
  if (possible.some(({ certain }) => certain.some(isIt))) return;
  const doubt = possible.find(({ unknown }) => unknown !== undefined)?.unknown;
  if (doubt !== undefined) throw doubt;
  yield { resource: webAcl, at: "its logging configuration", value: undefined, allowed: "one" };
}
