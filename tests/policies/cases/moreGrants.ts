import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const star = { Action: "*", Resource: "*" };
const role = (policy: aws.iam.RolePolicyArgs["policy"]) => (n: string) =>
  new aws.iam.RolePolicy(n, { role: "r", policy });
const allowed = (Action: string | readonly string[], Resource: string) =>
  role(policyDocument({ Action, Resource }));
const trust = (statement: object) => (n: string) =>
  new aws.iam.Role(n, { assumeRolePolicy: policyDocument({ Action: "sts:AssumeRole", ...statement }) });
const oidc = (Condition: object, host = "token.actions.githubusercontent.com") =>
  trust({
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
    Condition,
  });
/** A topic that every principal may publish to under a condition. */
const topic = (Condition: object) => (n: string) =>
  new aws.sns.TopicPolicy(n, {
    arn: "arn:aws:sns:us-east-1:123456789012:t",
    policy: policyDocument({
      ...{ Principal: "*", Action: "sns:Publish", Resource: "arn:aws:sns:us-east-1:123456789012:t" },
      Condition,
    }),
  });
const open = (policyAction: string) =>
  policyDocument({ Principal: "*", Action: policyAction, Resource: "*" });
const isPublic = (program: (n: string) => unknown) => bad("no-public-resource-policies", program);
const ofAccount = (action: string) =>
  policyDocument({
    ...{ Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: action, Resource: "*" },
  });

/** More ways to grant too much, and grants that only look like it. */
export const moreGrants: PolicyCases = {
  "iam-policy-as-object": bad(
    "iam-no-star-on-star",
    role({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...star }] }),
  ),
  "iam-star-colon-star": bad("iam-no-star-on-star", allowed("*:*", "*")),
  "iam-vacuous-condition": bad(
    "iam-no-star-on-star",
    role(policyDocument({ ...star, Condition: { StringLike: { "aws:PrincipalArn": "*" } } })),
  ),
  "iam-role-managed-arns": bad(
    "iam-no-star-on-star",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          ...{ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
        }),
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      }),
  ),
  "iam-admin-in-china": bad(
    "iam-no-star-on-star",
    (n) =>
      new aws.iam.RolePolicyAttachment(n, {
        ...{ role: "r", policyArn: "arn:aws-cn:iam::aws:policy/AdministratorAccess" },
      }),
  ),
  "iam-document-function": bad("iam-no-star-on-star", (n) => {
    const { json } = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["*"], resources: ["*"] }] });
    new aws.iam.Policy(n, { policy: json });
  }),
  "fp-iam-document-function": good((n) => {
    const { json } = aws.iam.getPolicyDocumentOutput({
      statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::site/*"] }],
    });
    new aws.iam.Policy(n, { policy: json });
  }),
  "pass-role-set-version": bad("iam-pass-role-scoped", allowed("iam:SetDefaultPolicyVersion", "*")),
  "pass-role-group": bad("iam-pass-role-scoped", allowed("iam:AddUserToGroup", "*")),
  "pass-role-boundary": bad("iam-pass-role-scoped", allowed("iam:DeleteRolePermissionsBoundary", "*")),
  "trust-github-any-repository": bad(
    "iam-trust-not-open",
    oidc({ StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" } }),
  ),
  "trust-gitlab-audience-only": bad(
    "iam-trust-not-open",
    oidc({ StringEquals: { "gitlab.com:aud": "https://gitlab.com" } }, "gitlab.com"),
  ),
  "trust-for-all-values": bad(
    "iam-trust-not-open",
    trust({
      Principal: "*",
      Condition: { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1a2b3c4d5e" } },
    }),
  ),
  "fp-trust-github-repository": good(
    oidc({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:acme/site:ref:refs/heads/main",
      },
    }),
  ),
  "fp-trust-external-id": good(
    trust({
      Principal: { AWS: "arn:aws:iam::210987654321:root" },
      Condition: { StringEquals: { "sts:ExternalId": "a1b2" } },
    }),
  ),
  "sns-public-for-all-values": isPublic(
    topic({ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1a2b3c4d5e" } }),
  ),
  "sns-public-user-agent": isPublic(topic({ StringEquals: { "aws:UserAgent": "site" } })),
  "sns-public-until": isPublic(topic({ DateLessThan: { "aws:CurrentTime": "2099-01-01T00:00:00Z" } })),
  "sns-public-authenticated": isPublic(topic({ Null: { "aws:PrincipalArn": "false" } })),
  "sns-public-any-organization": isPublic(topic({ StringLike: { "aws:PrincipalOrgID": "o-*" } })),
  "fp-topic-source-owner": good(topic({ StringEquals: { "AWS:SourceOwner": "123456789012" } })),
  "s3-public-referer": bad(
    "no-public-buckets",
    (n) =>
      new aws.s3.BucketPolicy(n, {
        bucket: "site",
        policy: policyDocument({
          ...{ Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" },
          Condition: { StringLike: { "aws:Referer": "https://example.com/*" } },
        }),
      }),
  ),
  "fp-s3-cloudfront": good(
    (n) =>
      new aws.s3.BucketPolicy(n, {
        bucket: "site",
        policy: policyDocument({
          ...{ Principal: { Service: "cloudfront.amazonaws.com" }, Action: "s3:GetObject" },
          Resource: "arn:aws:s3:::site/*",
          Condition: {
            StringEquals: { "AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/E1" },
          },
        }),
      }),
  ),
  "ecr-public": isPublic(
    (n) => new aws.ecr.RepositoryPolicy(n, { repository: "site", policy: open("ecr:BatchGetImage") }),
  ),
  "fp-ecr-account": good(
    (n) => new aws.ecr.RepositoryPolicy(n, { repository: "site", policy: ofAccount("ecr:BatchGetImage") }),
  ),
  "logs-public": isPublic(
    (n) =>
      new aws.cloudwatch.LogResourcePolicy(n, { policyName: "p", policyDocument: open("logs:PutLogEvents") }),
  ),
  "stream-public": isPublic(
    (n) =>
      new aws.kinesis.ResourcePolicy(n, {
        resourceArn: "arn:aws:kinesis:us-east-1:123456789012:stream/s",
        policy: open("kinesis:GetRecords"),
      }),
  ),
  "packages-public": isPublic(
    (n) =>
      new aws.codeartifact.DomainPermissions(n, {
        ...{ domain: "d", policyDocument: open("codeartifact:GetAuthorizationToken") },
      }),
  ),
  "document-public": isPublic(
    (n) =>
      new aws.ssm.Document(n, {
        ...{ documentType: "Command", content: "{}", permissions: { type: "Share", account_ids: "All" } },
      }),
  ),
  "fp-document-shared": good(
    (n) =>
      new aws.ssm.Document(n, {
        ...{ documentType: "Command", content: "{}" },
        permissions: { type: "Share", account_ids: "210987654321" },
      }),
  ),
  "endpoint-service-public": isPublic(
    (n) =>
      new aws.ec2.VpcEndpointService(n, {
        ...{ acceptanceRequired: false, allowedPrincipals: ["*"], networkLoadBalancerArns: ["a"] },
      }),
  ),
  "fp-endpoint-service": good(
    (n) =>
      new aws.ec2.VpcEndpointService(n, {
        ...{ acceptanceRequired: true, networkLoadBalancerArns: ["a"] },
        allowedPrincipals: ["arn:aws:iam::210987654321:root"],
      }),
  ),
};
