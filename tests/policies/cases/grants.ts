import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const allow =
  (...statements: readonly object[]) =>
  (n: string) =>
    new aws.iam.RolePolicy(n, { role: "r", policy: policyDocument(...statements) });
const attach = (name: string) => (n: string) =>
  new aws.iam.RolePolicyAttachment(n, { role: "r", policyArn: `arn:aws:iam::aws:policy/${name}` });
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const letters = Array.from({ length: 26 }, (_, nth) => String.fromCharCode("a".charCodeAt(0) + nth));
const everything = policyDocument({ Action: "*", Resource: "*" });

const wide = (program: (n: string) => unknown) => bad("iam-no-star-on-star", program);
const passes = (program: (n: string) => unknown) => bad("iam-pass-role-scoped", program);

/** All actions of a service on all its resources, and permissions to change permissions. */
export const grants: PolicyCases = {
  "iam-star-star": wide(allow({ Action: "*:*", Resource: "*" })),
  "iam-notaction": wide(allow({ NotAction: "iam:*", Resource: "*" })),
  "iam-notaction-one-service": wide(allow({ NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" })),
  "iam-double-star": wide(allow({ Action: ["iam:**"], Resource: "*" })),
  "iam-question-star": wide(allow({ Action: "ec2:?*", Resource: "*" })),
  "iam-star-question-resource": wide(allow({ Action: "ec2:*?", Resource: "?*" })),
  "iam-wild-service": wide(allow({ Action: "i*:*", Resource: "*" })),
  "iam-star-arn": wide(allow({ Action: "s3:*", Resource: "arn:aws:s3:::*" })),
  "iam-star-objects": wide(allow({ Action: "s3:*", Resource: ["arn:aws:s3:::*/*"] })),
  "iam-arn-all-wild": wide(allow({ Action: "*", Resource: "arn:aws:*:*:*:*" })),
  "iam-arn-region": wide(allow({ Action: "sqs:*", Resource: "arn:aws:sqs:us-east-1:123456789012:*" })),
  "iam-arn-of-type": wide(
    allow({ Action: "dynamodb:*", Resource: "arn:aws:dynamodb:us-east-1:123456789012:table/*" }),
  ),
  "iam-arn-short": wide(allow({ Action: "*", Resource: "arn:aws:*" })),
  "iam-split-alphabet": wide(allow({ Action: letters.map((letter) => `iam:${letter}*`), Resource: "*" })),
  "iam-split-alphabet-short": wide(
    allow({
      Action: letters
        .filter((letter) => "acdeglprstu".includes(letter))
        .map((letter) => `iam:${letter.toUpperCase()}*`),
      Resource: "*",
    }),
  ),
  "iam-split-verbs": wide(
    allow({ Action: ["s3:Get*", "s3:List*", "s3:Put*", "s3:Delete*", "s3:Create*"], Resource: "*" }),
  ),
  "iam-split-statements": wide(
    allow(
      { Action: ["ec2:Describe*", "ec2:Create*"], Resource: "*" },
      { Action: ["ec2:Delete*", "ec2:Modify*"], Resource: "*" },
    ),
  ),
  "iam-split-resources": wide(
    allow({
      Action: "s3:*",
      Resource: [...letters, "0", "1", "2"].map((letter) => `arn:aws:s3:::${letter}*`),
    }),
  ),
  "iam-not-resource": wide(allow({ Action: "*", NotResource: "arn:aws:s3:::logs" })),
  "iam-single-statement": wide(
    (n) =>
      new aws.iam.Policy(n, {
        policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "kms:*", Resource: "*" } }),
      }),
  ),
  "iam-group-policy": wide((n) => new aws.iam.GroupPolicy(n, { group: "g", policy: everything })),
  "iam-user-policy": wide((n) => new aws.iam.UserPolicy(n, { user: "u", policy: everything })),
  "iam-role-inline": wide(
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRole",
          Principal: { Service: "ec2.amazonaws.com" },
        }),
        inlinePolicies: [
          { name: "none", policy: policyDocument() },
          { name: "all", policy: everything },
        ],
      }),
  ),
  "iam-exclusive-attach": wide(
    (n) =>
      new aws.iam.RolePolicyAttachmentsExclusive(n, {
        roleName: "r",
        policyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      }),
  ),
  "iam-exclusive-attach-user": wide(
    (n) =>
      new aws.iam.UserPolicyAttachmentsExclusive(n, {
        userName: "u",
        policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/IAMFullAccess"],
      }),
  ),
  "iam-exclusive-attach-group": wide(
    (n) =>
      new aws.iam.GroupPolicyAttachmentsExclusive(n, {
        groupName: "g",
        policyArns: ["arn:aws-cn:iam::aws:policy/AdministratorAccess"],
      }),
  ),
  "iam-poweruser": wide(attach("PowerUserAccess")),
  "iam-service-full-access": wide(attach("AmazonS3FullAccess")),
  "iam-job-function": wide(attach("job-function/SystemAdministrator")),
  "iam-permission-set": wide(
    (n) =>
      new aws.ssoadmin.PermissionSetInlinePolicy(n, {
        instanceArn: "i",
        permissionSetArn: "p",
        inlinePolicy: everything,
      }),
  ),
  "iam-permission-set-managed": wide(
    (n) =>
      new aws.ssoadmin.ManagedPolicyAttachment(n, {
        instanceArn: "i",
        permissionSetArn: "p",
        managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
  ),
  "iam-permission-set-exclusive": wide(
    (n) =>
      new aws.ssoadmin.ManagedPolicyAttachmentsExclusive(n, {
        instanceArn: "i",
        permissionSetArn: "p",
        managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
      }),
  ),
  "iam-getPolicyDocument": wide(
    (n) =>
      new aws.iam.RolePolicy(n, {
        role: "r",
        policy: aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["*"], resources: ["*"] }] }).json,
      }),
  ),
  "fp-iam-deny": good(allow({ Effect: "Deny", Action: "*", Resource: "*" })),
  "fp-iam-reads": good(
    allow({ Action: ["ec2:Describe*", "autoscaling:Describe*", "cloudwatch:PutMetricData"], Resource: "*" }),
  ),
  "fp-iam-named": good(
    allow(
      { Action: "s3:*", Resource: ["arn:aws:s3:::uploads", "arn:aws:s3:::uploads/*"] },
      { Action: "sqs:*", Resource: "arn:aws:sqs:us-east-1:123456789012:orders" },
      { Action: "logs:*", Resource: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/orders:*" },
    ),
  ),
  "fp-iam-variable": good(allow({ Action: "s3:*", Resource: "arn:aws:s3:::home/${aws:username}/*" })),
  "fp-iam-managed": good((n) => {
    for (const name of ["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy", "ReadOnlyAccess"]) {
      attach(name)(`${n}${name}`);
    }
    attach("service-role/AWSLambdaBasicExecutionRole")(`${n}basic`);
    attach("AmazonElasticFileSystemClientFullAccess")(`${n}efs`);
  }),

  "pass-role-question": passes(allow({ Action: "iam:PassRole", Resource: roleArn("?*") })),
  "pass-role-pass-star": passes(allow({ Action: "iam:Pa*", Resource: "*" })),
  "pass-role-case": passes(allow({ Action: "IAM:PASSROLE", Resource: "*" })),
  "pass-role-double-star": passes(allow({ Action: "iam:PassRole", Resource: roleArn("**") })),
  "pass-role-alphabet": passes(
    allow({
      Action: "iam:PassRole",
      Resource: letters.map((letter) => roleArn(`${letter}*`)),
    }),
  ),
  "pass-role-prefix-of-type": passes(
    allow({ Action: "iam:PassRole", Resource: "arn:aws:iam::123456789012:r*" }),
  ),
  "pass-role-not-resource": passes(allow({ Action: "iam:PassRole", NotResource: roleArn("Admin") })),
  "pass-role-to-service": passes(
    allow({
      Action: "iam:PassRole",
      Resource: "*",
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    }),
  ),
  "pass-role-permission-set": passes(
    (n) =>
      new aws.ssoadmin.PermissionSetInlinePolicy(n, {
        instanceArn: "i",
        permissionSetArn: "p",
        inlinePolicy: policyDocument({ Action: "iam:PassRole", Resource: "*" }),
      }),
  ),
  "pass-role-attached": passes(attach("AWSLambda_FullAccess")),
  "pass-role-attached-ecs": passes(attach("AmazonECS_FullAccess")),
  "pass-role-create-role": passes(
    allow({ Action: ["iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:CreateAccessKey"], Resource: "*" }),
  ),
  "pass-role-policy-version": passes(
    allow({ Action: "iam:CreatePolicyVersion", Resource: "arn:aws:iam::123456789012:policy/*" }),
  ),
  "pass-role-trust": passes(allow({ Action: "iam:UpdateAssume*", Resource: roleArn("*") })),
  "pass-role-login": passes(allow({ Action: "iam:*LoginProfile", Resource: "*" })),
  "pass-role-assume": passes(allow({ Action: "sts:AssumeRole", Resource: "*" })),
  "pass-role-function-code": passes(allow({ Action: "lambda:UpdateFunctionCode", Resource: "*" })),
  "fp-pass-role-among": good(
    allow({
      Action: ["iam:PassRole", "s3:GetObject", "ec2:RunInstances"],
      Resource: [roleArn("servers"), "arn:aws:s3:::uploads/*", "arn:aws:ec2:*:*:instance/*"],
    }),
  ),
  "fp-pass-role-path": good(allow({ Action: "iam:PassRole", Resource: roleArn("service-role/orders-*") })),
  "fp-assume-named": good(
    allow({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::210987654321:role/deploy" }),
  ),
  "fp-own-key": good(
    allow({ Action: "iam:CreateAccessKey", Resource: "arn:aws:iam::*:user/${aws:username}" }),
  ),
  "fp-boundary": good(
    allow({
      Action: ["iam:AttachRolePolicy", "iam:PutRolePolicy"],
      Resource: "*",
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/boundary" },
      },
    }),
  ),

  "mail-any-sender": bad(
    "iam-mail-sender-fixed",
    allow({ Action: "ses:Send*", Resource: "arn:aws:ses:*:*:identity/*" }),
  ),
  "mail-attached": bad("iam-mail-sender-fixed", attach("AmazonSESFullAccess")),
  "mail-wild-address": bad(
    "iam-mail-sender-fixed",
    allow({
      Action: "ses:SendRawEmail",
      Resource: "*",
      Condition: { StringLike: { "ses:FromAddress": "*@example.com" } },
    }),
  ),
  "fp-mail-fixed": good(
    allow({
      Action: ["ses:SendEmail", "ses:SendRawEmail"],
      Resource: "*",
      Condition: { StringLike: { "ses:FromAddress": "shop@example.com" } },
    }),
  ),
};
