import { iamMailSenderFixed } from "../../../policies/guardrails/rules/iamMailSenderFixed";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture } from "../support/fixture";

const policy = (statement: object) =>
  fixture("aws:iam/rolePolicy:RolePolicy", "servers", {
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }),
  });
const identities = "arn:aws:ses:us-east-1:123456789012:identity/*";
const fixed = { StringEquals: { "ses:FromAddress": "wordpress@example.com" } };

describe("iam-mail-sender-fixed", () => {
  itPasses(
    iamMailSenderFixed,
    "a named sender, and policies without SES",
    policy({ Action: ["ses:SendEmail", "ses:SendRawEmail"], Resource: identities, Condition: fixed }),
    policy({
      Action: "ses:SendEmail",
      Resource: "*",
      Condition: { StringEqualsIgnoreCase: { "SES:fromaddress": "a@b.c" } },
    }),
    policy({ Action: "ses:GetAccount", Resource: "*" }),
    policy({ Action: "*", Resource: "arn:aws:secretsmanager:us-east-1:123456789012:secret:a" }),
    policy({ NotAction: "iam:*", Resource: "arn:aws:s3:::bucket/*" }),
    fixture("aws:iam/rolePolicy:RolePolicy", "denies", {
      policy: JSON.stringify({ Statement: [{ Effect: "Deny", Action: "ses:*", Resource: "*" }] }),
    }),
  );
  const statements = [
    [{ Action: "ses:SendEmail", Resource: identities }, "ses:SendEmail with any sender"],
    [{ Action: "ses:*", Resource: "*" }, "ses:* with any sender"],
    [{ Action: ["ses:sendraw*"], Resource: ["arn:aws:s3:::a", identities] }, "ses:sendraw* with any sender"],
    [{ Action: "ses:SendBulkEmail", Resource: "arn:aws:*:*:*:*" }, "ses:SendBulkEmail with any sender"],
    [{ NotAction: "s3:*", NotResource: "arn:aws:s3:::a" }, "all actions with exceptions with any sender"],
    [
      {
        Action: "ses:SendEmail",
        Resource: identities,
        Condition: { StringEqualsIfExists: { "ses:FromAddress": "a@example.com" } },
      },
      "ses:SendEmail with any sender",
    ],
    [
      {
        Action: "ses:SendEmail",
        Resource: identities,
        Condition: { StringLike: { "ses:FromAddress": "*" } },
      },
      "ses:SendEmail with any sender",
    ],
    [
      {
        Action: "ses:SendEmail",
        Resource: identities,
        Condition: { StringEquals: { "ses:Recipients": "a@b.c" } },
      },
      "ses:SendEmail with any sender",
    ],
  ] as const;
  for (const [statement, value] of statements) {
    itRefuses(iamMailSenderFixed, JSON.stringify(statement), policy(statement), {
      at: "policy.Statement[0]",
      allowed: "sending through SES with a condition on ses:FromAddress",
      value,
    });
  }
});
