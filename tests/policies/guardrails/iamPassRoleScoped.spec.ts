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
});
