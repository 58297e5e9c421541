import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const open = (action: string, changed: object = {}) =>
  policyDocument({ Principal: "*", Action: action, Resource: "*", ...changed });
const publicPolicy = (program: (n: string) => unknown) => bad("no-public-resource-policies", program);

/** Policies, permissions and trusts of further services, with limits that limit nothing. */
export const moreOpenPolicies: PolicyCases = {
  "pub-s3control": bad(
    "no-public-buckets",
    (n) => new aws.s3control.BucketPolicy(n, { bucket: "arn", policy: open("s3:GetObject") }),
  ),
  "pub-s3tables": bad(
    "no-public-buckets",
    (n) => new aws.s3tables.TableBucketPolicy(n, { tableBucketArn: "a", resourcePolicy: open("s3tables:*") }),
  ),
  "pub-mrap": bad(
    "no-public-buckets",
    (n) =>
      new aws.s3control.MultiRegionAccessPointPolicy(n, {
        details: { name: "m", policy: open("s3:GetObject") },
      }),
  ),
  "pub-olap": bad(
    "no-public-buckets",
    (n) =>
      new aws.s3control.ObjectLambdaAccessPointPolicy(n, {
        name: "m",
        policy: open("s3-object-lambda:GetObject"),
      }),
  ),
  "pub-apaps": bad(
    "no-public-buckets",
    (n) => new aws.s3control.AccessPointPolicy(n, { accessPointArn: "m", policy: open("s3:GetObject") }),
  ),
  "pub-glue": publicPolicy((n) => new aws.glue.ResourcePolicy(n, { policy: open("glue:*") })),
  "pub-msk": publicPolicy((n) => new aws.msk.ClusterPolicy(n, { clusterArn: "c", policy: open("kafka:*") })),
  "pub-ses": publicPolicy(
    (n) => new aws.ses.IdentityPolicy(n, { identity: "i", policy: open("ses:SendEmail") }),
  ),
  "pub-sesv2": publicPolicy(
    (n) =>
      new aws.sesv2.EmailIdentityPolicy(n, {
        emailIdentity: "i",
        policyName: "p",
        policy: open("ses:SendEmail"),
      }),
  ),
  "pub-schemas": publicPolicy(
    (n) => new aws.schemas.RegistryPolicy(n, { registryName: "r", policy: open("schemas:*") }),
  ),
  "pub-ecr-registry": publicPolicy(
    (n) => new aws.ecr.RegistryPolicy(n, { policy: open("ecr:ReplicateImage") }),
  ),
  "pub-acmpca": publicPolicy(
    (n) => new aws.acmpca.Policy(n, { resourceArn: "a", policy: open("acm-pca:IssueCertificate") }),
  ),
  "pub-redshift": publicPolicy(
    (n) => new aws.redshift.ResourcePolicy(n, { resourceArn: "a", policy: open("redshift:*") }),
  ),
  "pub-cloudsearch": publicPolicy(
    (n) =>
      new aws.cloudsearch.DomainServiceAccessPolicy(n, {
        domainName: "d",
        accessPolicy: open("cloudsearch:*"),
      }),
  ),
  "pub-logdest": publicPolicy(
    (n) =>
      new aws.cloudwatch.LogDestinationPolicy(n, {
        destinationName: "d",
        accessPolicy: open("logs:PutSubscriptionFilter"),
      }),
  ),
  "pub-mediastore": publicPolicy(
    (n) => new aws.mediastore.ContainerPolicy(n, { containerName: "d", policy: open("mediastore:*") }),
  ),
  "pub-replica-key": publicPolicy(
    (n) => new aws.kms.ReplicaKey(n, { primaryKeyArn: "a", policy: open("kms:Decrypt") }),
  ),
  "pub-external-key": publicPolicy((n) => new aws.kms.ExternalKey(n, { policy: open("kms:Decrypt") })),
  "pub-sqs-halves": publicPolicy(
    (n) =>
      new aws.sqs.QueuePolicy(n, {
        queueUrl: "q",
        policy: open("sqs:*", { Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } } }),
      }),
  ),
  "pub-sns-uppercase": publicPolicy(
    (n) =>
      new aws.sns.TopicPolicy(n, {
        arn: "t",
        policy: JSON.stringify({
          statement: [{ effect: "Allow", principal: "*", action: "sns:*", resource: "*" }],
        }),
      }),
  ),
  "pub-lambda-org-star": publicPolicy(
    (n) =>
      new aws.lambda.Permission(n, {
        function: "f",
        action: "lambda:InvokeFunction",
        principal: "*",
        principalOrgId: "*",
      }),
  ),
  "pub-lambda-source-star": publicPolicy(
    (n) =>
      new aws.lambda.Permission(n, {
        function: "f",
        action: "lambda:InvokeFunction",
        principal: "*",
        sourceArn: "arn:aws:s3:::*",
      }),
  ),
  "pub-lambda-apigw-any": publicPolicy(
    (n) =>
      new aws.lambda.Permission(n, {
        function: "f",
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        sourceArn: "*",
      }),
  ),
  "pub-lambda-sns-any": publicPolicy(
    (n) =>
      new aws.lambda.Permission(n, {
        function: "f",
        action: "lambda:InvokeFunction",
        principal: "sns.amazonaws.com",
      }),
  ),
  "pub-event-org": publicPolicy(
    (n) =>
      new aws.cloudwatch.EventPermission(n, {
        principal: "*",
        statementId: "s",
        condition: { key: "aws:PrincipalOrgID", type: "StringLike", value: "*" },
      }),
  ),
  "pub-url-permission": bad(
    "function-url-auth",
    (n) => new aws.lambda.FunctionUrl(n, { functionName: "f", authorizationType: "none" }),
  ),
  "iam-attachment": bad(
    "iam-no-star-on-star",
    (n) =>
      new aws.iam.PolicyAttachment(n, {
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        roles: ["r"],
      }),
  ),
  "iam-usgov": bad(
    "iam-no-star-on-star",
    (n) =>
      new aws.iam.RolePolicyAttachment(n, {
        role: "r",
        policyArn: "arn:aws-us-gov:iam::aws:policy/AdministratorAccess",
      }),
  ),
  "iam-iamfull": bad(
    "iam-no-star-on-star",
    (n) => new aws.iam.RolePolicyAttachment(n, { role: "r", policyArn: aws.iam.ManagedPolicy.IAMFullAccess }),
  ),
  "iam-lambda-role-inline": bad(
    "iam-no-star-on-star",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRole",
          Principal: { Service: "ec2.amazonaws.com" },
        }),
        inlinePolicies: [{ name: "a", policy: policyDocument({ Action: ["s3:*", "*"], Resource: ["*"] }) }],
      }),
  ),
  "iam-passrole-notaction": bad(
    "iam-pass-role-scoped",
    (n) =>
      new aws.iam.Policy(n, {
        policy: policyDocument({ NotAction: ["s3:*"], Resource: "arn:aws:iam::*:role/*" }),
      }),
  ),
  "trust-saml-any": bad(
    "iam-trust-not-open",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({ Action: "sts:AssumeRoleWithSAML", Principal: { Federated: "*" } }),
      }),
  ),
  "trust-account-wild": bad(
    "iam-trust-not-open",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRole",
          Principal: { AWS: "*" },
          Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy" } },
        }),
      }),
  ),
  "trust-buildkite": bad(
    "iam-trust-not-open",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/agent.buildkite.com" },
          Condition: { StringEquals: { "agent.buildkite.com:aud": "sts.amazonaws.com" } },
        }),
      }),
  ),
  "trust-google": bad(
    "iam-trust-not-open",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: "accounts.google.com" },
        }),
      }),
  ),
  "trust-github-org-wild": bad(
    "iam-trust-not-open",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: {
            Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:*/shop:*" } },
        }),
      }),
  ),
  "trust-github-ifexists": bad(
    "iam-trust-not-open",
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: {
            Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Condition: { StringLikeIfExists: { "token.actions.githubusercontent.com:sub": "repo:a/shop:*" } },
        }),
      }),
  ),
  "fp-more-sns-cross-account": good(
    (n) =>
      new aws.sns.TopicPolicy(n, {
        arn: "t",
        policy: open("sns:Publish", {
          Principal: { AWS: ["arn:aws:iam::210987654321:root", "123456789012"] },
        }),
      }),
  ),
  "fp-more-key-via-service": good(
    (n) =>
      new aws.kms.Key(n, {
        policy: policyDocument({
          Principal: { AWS: "*" },
          Action: "kms:Decrypt",
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:CallerAccount": "123456789012",
              "kms:ViaService": "s3.us-east-1.amazonaws.com",
            },
          },
        }),
      }),
  ),
  "fp-more-trust-github-env": good(
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: {
            Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          },
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:sub": [
                "repo:a/shop:environment:prod",
                "repo:a/shop:ref:refs/heads/main",
              ],
            },
          },
        }),
      }),
  ),
  "fp-more-trust-org": good(
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRole",
          Principal: { AWS: "*" },
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
            ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy" },
          },
        }),
      }),
  ),
  "fp-more-lambda-apigw": good(
    (n) =>
      new aws.lambda.Permission(n, {
        function: "f",
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        sourceArn: "arn:aws:execute-api:us-east-1:123456789012:abc/*",
      }),
  ),
};
