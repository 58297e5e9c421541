import { takesIn, type Allowing } from "../../support/iamDocument";
import { onPolicyStatements } from "../../support/iamPolicies";
import { resourceRule } from "../../support/rule";

/** Every call of SES by which a message leaves. */
const sendingCalls = [
  "SendEmail",
  "SendRawEmail",
  "SendBulkEmail",
  "SendTemplatedEmail",
  "SendBulkTemplatedEmail",
].map((call) => `ses:${call}`);

/** A server that was broken into must not write in another's name. */
export const iamMailSenderFixed = resourceRule(
  {
    name: "iam-mail-sender-fixed",
    displayName: "Mail from one address only",
    description: "A policy that allows sending mail through SES names the address that it may be sent from.",
    why: "SES lets a permitted caller send as every verified identity of the account. An attacker on a web server could then write to customers as the company itself, and ruin its name with mail providers.",
    severity: "medium",
    fix: "Add the condition StringEquals ses:FromAddress with the one address, as the fleet does for fleet.mail.",
    url: "https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  onPolicyStatements(judgeStatement, "sending through SES with a condition on ses:FromAddress"),
);

function judgeStatement({ actions, resources, equalKeys }: Allowing): string | undefined {
  const sends = actions?.some((action) => sendingCalls.some((call) => takesIn(action, call))) ?? true;
  const reaches = resources?.some(isOfSes) ?? true;
  if (!sends || !reaches || equalKeys.includes("ses:fromaddress")) return undefined;
  return `${(actions ?? ["all actions but some"]).join(", ")} with any sender`;
}

/** Whether a resource takes in an identity or configuration set of SES. */
function isOfSes(resource: string): boolean {
  const [, , service = ""] = resource.split(":");
  return resource === "*" || takesIn(service, "ses");
}
