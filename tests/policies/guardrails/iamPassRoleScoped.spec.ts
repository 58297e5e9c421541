import { expect } from "chai";

import { iamPassRoleScoped } from "../../../policies/guardrails/rules/iamPassRoleScoped";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, unknown } from "../support/fixture";
import { judge } from "../support/judge";

const policy = (statement: object) =>
  fixture("aws:iam/rolePolicy:RolePolicy", "launcher", {
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }),
  });
const expected = { at: "policy.Statement[0]", allowed: "iam:PassRole on the ARNs of roles" };

describe("iam-pass-role-scoped", () => {
  itPasses(
    iamPassRoleScoped,
    "named roles, and policies without PassRole",
    policy({ Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:role/LabRole" }),
    policy({ Action: "iam:PassRole", Resource: ["arn:aws:iam::123456789012:role/wordpress-*"] }),
    policy({ Action: ["ec2:RunInstances", "iam:GetRole"], Resource: "*" }),
  );
  const statements = [
    [{ Action: "iam:PassRole", Resource: "*" }, "iam:PassRole on *"],
    [{ Action: ["iam:Pass*"], Resource: "*" }, "iam:PassRole on *"],
    [{ Action: "iam:passrol?", Resource: "*" }, "iam:PassRole on *"],
    [{ Action: "*", Resource: "arn:aws:iam::*:role/*" }, "iam:PassRole on arn:aws:iam::*:role/*"],
    [{ NotAction: "s3:*", Resource: "*" }, "iam:PassRole on *"],
    [
      { Action: "iam:PassRole", NotResource: "arn:aws:iam::123456789012:role/Admin" },
      "iam:PassRole on all with exceptions",
    ],
    [
      {
        Action: "iam:PassRole",
        Resource: ["arn:aws:iam::123456789012:role/LabRole", "arn:aws:iam::123456789012:*"],
      },
      "iam:PassRole on arn:aws:iam::123456789012:*",
    ],
  ] as const;
  for (const [statement, value] of statements) {
    itRefuses(iamPassRoleScoped, JSON.stringify(statement), policy(statement), { ...expected, value });
  }

  it("does not judge a policy that a preview does not know", async () => {
    const waiting = fixture("aws:iam/rolePolicy:RolePolicy", "launcher", { policy: unknown });
    expect((await judge(iamPassRoleScoped, waiting)).unknown).to.contain("policy");
  });

  const attach = { Action: "iam:AttachRolePolicy", Resource: "*" };
  itPasses(
    iamPassRoleScoped,
    "changes of permissions that a condition or the resources limit",
    policy({
      ...attach,
      Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } },
    }),
    policy({ ...attach, Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::1:policy/site-*" } } }),
    policy({
      ...attach,
      Condition: { "ForAnyValue:ArnEquals": { "iam:PolicyARN": "arn:aws:iam::1:policy/b" } },
    }),
    policy({ Action: attach.Action, Resource: "arn:aws:iam::1:role/site" }),
    policy({
      Action: ["iam:PassRole", "s3:*"],
      Resource: ["arn:aws:iam::1:user/my-role/x", "arn:aws:s3:::a"],
    }),
  );
  const giving = [
    [attach, "iam:AttachRolePolicy on *"],
    [
      {
        Action: ["iam:AttachRolePolicy", "lambda:UpdateFunctionCode"],
        Resource: ["arn:aws:iam::*:*", "arn:aws:lambda:*:*:*"],
      },
      "iam:AttachRolePolicy, lambda:UpdateFunctionCode on arn:aws:iam::*:*, arn:aws:lambda:*:*:*",
    ],
    [
      { Action: "iam:CreateAccessKey", NotResource: "arn:aws:iam::1:user/admin" },
      "iam:CreateAccessKey on all with exceptions",
    ],
    [
      { ...attach, Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } },
      "iam:AttachRolePolicy on *",
    ],
    [
      { ...attach, Condition: { StringNotEquals: { "iam:PolicyARN": "arn:aws:iam::1:policy/b" } } },
      "iam:AttachRolePolicy on *",
    ],
    [
      {
        ...attach,
        Condition: { "ForAllValues:StringEquals": { "iam:PolicyARN": "arn:aws:iam::1:policy/b" } },
      },
      "iam:AttachRolePolicy on *",
    ],
    [
      {
        ...attach,
        Condition: { StringEqualsIfExists: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } },
      },
      "iam:AttachRolePolicy on *",
    ],
  ] as const;
  for (const [statement, value] of giving) {
    itRefuses(iamPassRoleScoped, JSON.stringify(statement), policy(statement), {
      at: "policy.Statement[0]",
      allowed: "actions that give permissions on named ARNs",
      value,
    });
  }
  for (const resource of ["arn:aws:iam", "arn:aws:iam::1:r*", "arn:aws:*"]) {
    const statement = { Action: "iam:PassRole", Resource: resource };
    itRefuses(iamPassRoleScoped, `PassRole on ${resource}`, policy(statement), {
      ...expected,
      value: `iam:PassRole on ${resource}`,
    });
  }
});
