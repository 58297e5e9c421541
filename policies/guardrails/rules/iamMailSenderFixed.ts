import { matches, type Allowing } from "../../support/iamDocument";
import { onPolicyStatements } from "../../support/iamPolicies";
import { resourceRule } from "../../support/rule";

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
    fix: "Add the condition StringEquals with ses:FromAddress and the address, as the fleet does for fleet.mail.",
    url: "https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  onPolicyStatements(judgeStatement, "sending through SES with a condition on ses:FromAddress"),
);

function judgeStatement({ actions, resources, equalKeys }: Allowing): string | undefined {
  const sends = actions?.some((action) => sendingCalls.some((call) => matches(action, call))) ?? true;
  const reaches = resources?.some(isOfSes) ?? true;
  if (!sends || !reaches || equalKeys.includes("ses:fromaddress")) return undefined;
  return `${(actions ?? ["all actions with exceptions"]).join(", ")} with any sender`;
}

/** Whether a resource pattern matches an identity or configuration set of SES. */
function isOfSes(resource: string): boolean {
  const [, , service = ""] = resource.split(":");
  return resource === "*" || matches(service, "ses");
}
