import { resourceRule } from "../../support/rule";
import type { Condition, Statement } from "../../support/views/grants/document";
import { onAllowingStatements } from "../../support/views/grants/identities";
import { onAwsPolicies } from "../../support/views/grants/managedPolicies";
import { arnParts, matches } from "../../support/views/grants/patterns";

/** AWS managed policies that allow sending as every identity. */
const sendingPolicies: readonly string[] = ["AmazonSESFullAccess"];

/** Every SES action that sends a message. */
const sendingCalls = [
  "SendEmail",
  "SendRawEmail",
  "SendBulkEmail",
  "SendTemplatedEmail",
  "SendBulkTemplatedEmail",
].map((call) => `ses:${call}`);

export const iamMailSenderFixed = resourceRule(
  {
    name: "iam-mail-sender-fixed",
    displayName: "Mail from one address only",
    description: "A policy that allows sending mail through SES names the allowed sender address.",
    why: "SES lets a permitted caller send as every verified identity of the account. An attacker on a web server could send mail to customers in the company's name, and mail providers would then block its domain.",
    severity: "medium",
    topics: ["least-privilege"],
    fix: "Add the condition StringEquals with ses:FromAddress and the address.",
    url: "https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    onAllowingStatements(judgeStatement),
    onAwsPolicies((name) => sendingPolicies.includes(name), "a policy with a condition on ses:FromAddress"),
  ],
);

function judgeStatement({ actions, resources, conditions }: Statement) {
  const sends = actions?.some((action) => sendingCalls.some((call) => matches(action, call))) ?? true;
  const reaches = resources?.some((resource) => matches(arnParts(resource).service, "ses")) ?? true;
  if (!sends || !reaches || conditions.some(fixesSender)) return undefined;
  return {
    value: `${(actions ?? ["all actions with exceptions"]).join(", ")} with any sender`,
    allowed: "sending through SES with a condition on ses:FromAddress",
  };
}

/** Not `…IfExists`: such a condition is also true when the request has no such key. */
function fixesSender({ operator, key, values }: Condition): boolean {
  if (key !== "ses:fromaddress" || values.length === 0) return false;
  return (
    /^(?:foranyvalue:)?stringequals(?:ignorecase)?$/.test(operator) ||
    (/^(?:foranyvalue:)?stringlike$/.test(operator) && values.every((value) => !/[*?]/.test(value)))
  );
}
