import { iamNoStarOnStar } from "../../../policies/guardrails/rules/iamNoStarOnStar";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture } from "../support/fixture";

const document = (statement: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }, statement],
  });
const allowed = "named actions, or named resources";
const policy = (statement: object) =>
  fixture("aws:iam/rolePolicy:RolePolicy", "launcher", { policy: document(statement) });

describe("iam-no-star-on-star", () => {
  itPasses(
    iamNoStarOnStar,
    "named actions, named resources, and denials",
    policy({ Effect: "Allow", Action: ["ec2:Describe*"], Resource: ["*"] }),
    policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::mine/*" }),
    policy({ Effect: "Deny", Action: "*", Resource: "*" }),
    fixture("aws:iam/rolePolicy:RolePolicy", "broken", { policy: "not JSON, which AWS refuses" }),
  );
  const statements = [
    [{ Action: "*", Resource: "*" }, "* on *"],
    [{ Action: ["s3:GetObject", "ec2:*"], Resource: ["arn:aws:s3:::mine", "*"] }, "ec2:* on *"],
    [{ NotAction: "iam:*", Resource: "*" }, "all with exceptions on *"],
    [{ Action: "*", NotResource: "arn:aws:s3:::mine" }, "* on *"],
  ] as const;
  for (const [statement, value] of statements) {
    const changed = policy({ Effect: "Allow", ...statement });
    itRefuses(iamNoStarOnStar, JSON.stringify(statement), changed, {
      at: "policy.Statement[1]",
      value,
      allowed,
    });
  }

  const star = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
  const places = [
    fixture("aws:iam/policy:Policy", "managed", { policy: star }),
    fixture("aws:iam/userPolicy:UserPolicy", "user", { policy: star }),
    fixture("aws:iam/groupPolicy:GroupPolicy", "group", { policy: star }),
  ];
  for (const place of places) {
    itRefuses(iamNoStarOnStar, `* on * in ${place.type}`, place, {
      at: "policy.Statement[0]",
      value: "* on *",
      allowed,
    });
  }
  itRefuses(
    iamNoStarOnStar,
    "* on * in a policy that is an object",
    fixture("aws:iam/policy:Policy", "object", {
      policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    }),
    { at: "policy.Statement[0]", value: "* on *", allowed },
  );
  itRefuses(
    iamNoStarOnStar,
    "* on * in a role's inline policy",
    fixture("aws:iam/role:Role", "role", { inlinePolicies: [{ name: "a", policy: star }] }),
    { at: "inlinePolicies[0].policy.Statement[0]", value: "* on *", allowed },
  );

  const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
  const attached = { value: administrator, allowed: "a policy that does not allow everything" };
  itPasses(
    iamNoStarOnStar,
    "AWS's other policies, and one of ours with such a name",
    fixture("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "ssm", {
      policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    }),
    fixture("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "ours", {
      policyArn: "arn:aws:iam::123456789012:policy/AdministratorAccess",
    }),
  );
  const attachments = [
    fixture("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { policyArn: administrator }),
    fixture("aws:iam/policyAttachment:PolicyAttachment", "b", { policyArn: administrator }),
    fixture("aws:iam/userPolicyAttachment:UserPolicyAttachment", "c", { policyArn: administrator }),
    fixture("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "d", { policyArn: administrator }),
  ];
  for (const attachment of attachments) {
    itRefuses(iamNoStarOnStar, attachment.type, attachment, { at: "policyArn", ...attached });
  }
  itRefuses(
    iamNoStarOnStar,
    "a role's managed policies",
    fixture("aws:iam/role:Role", "role", {
      managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", administrator],
    }),
    { at: "managedPolicyArns[1]", ...attached },
  );
  itRefuses(
    iamNoStarOnStar,
    "everything in IAM, in another partition",
    fixture("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "cn", {
      policyArn: "arn:aws-cn:iam::aws:policy/IAMFullAccess",
    }),
    { at: "policyArn", ...attached, value: "arn:aws-cn:iam::aws:policy/IAMFullAccess" },
  );
});
