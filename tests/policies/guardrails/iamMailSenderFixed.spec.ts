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

  const send = { Action: "ses:SendEmail", Resource: identities };
  itPasses(
    iamMailSenderFixed,
    "senders without a wildcard, for any of several values",
    policy({ ...send, Condition: { StringLike: { "ses:FromAddress": ["a@b.c", "d@e.f"] } } }),
    policy({ ...send, Condition: { "ForAnyValue:StringEquals": { "ses:FromAddress": "a@b.c" } } }),
  );
  const open = [
    { StringLike: { "ses:FromAddress": ["a@b.c", "*@e.f"] } },
    { "ForAllValues:StringEquals": { "ses:FromAddress": "a@b.c" } },
    { "ForAllValues:StringLike": { "ses:FromAddress": "a@b.c" } },
    { StringNotLike: { "ses:FromAddress": "a@b.c" } },
    { StringLikeIfExists: { "ses:FromAddress": "a@b.c" } },
    { StringEquals: { "ses:FromAddress": [] } },
  ];
  for (const Condition of open) {
    itRefuses(iamMailSenderFixed, JSON.stringify(Condition), policy({ ...send, Condition }), {
      at: "policy.Statement[0]",
      allowed: "sending through SES with a condition on ses:FromAddress",
      value: "ses:SendEmail with any sender",
    });
  }
  itRefuses(
    iamMailSenderFixed,
    "several actions of which one sends",
    policy({ Action: ["s3:GetObject", "ses:SendEmail"], Resource: identities }),
    {
      at: "policy.Statement[0]",
      allowed: "sending through SES with a condition on ses:FromAddress",
      value: "s3:GetObject, ses:SendEmail with any sender",
    },
  );
});
