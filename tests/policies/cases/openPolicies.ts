import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const open = (action: string, changed: object = {}) =>
  policyDocument({ Principal: "*", Action: action, Resource: "*", ...changed });
const publicPolicy = (program: (n: string) => unknown) => bad("no-public-resource-policies", program);
const topicPolicy = (policy: string) => (n: string) => new aws.sns.TopicPolicy(n, { arn: "t", policy });
const bucketPolicy = (policy: string) => (n: string) => new aws.s3.BucketPolicy(n, { bucket: "b", policy });
const permission = (changed: Partial<aws.lambda.PermissionArgs>) => (n: string) =>
  new aws.lambda.Permission(n, {
    function: "f",
    action: "lambda:InvokeFunction",
    principal: "*",
    ...changed,
  });

/** Resource policies and permissions for everyone. */
export const openPolicies: PolicyCases = {
  "sns-public": publicPolicy(topicPolicy(open("sns:*"))),
  "sns-public-aws": publicPolicy(topicPolicy(open("sns:Publish", { Principal: { AWS: ["*"] } }))),
  "sns-public-inline": publicPolicy((n) => new aws.sns.Topic(n, { policy: open("sns:Publish") })),
  "sns-public-not-principal": publicPolicy(
    topicPolicy(
      policyDocument({
        NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "sns:Publish",
        Resource: "*",
      }),
    ),
  ),
  "sns-public-tls": publicPolicy(
    topicPolicy(open("sns:Publish", { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
  ),
  "sns-public-if-exists": publicPolicy(
    topicPolicy(
      open("sns:Publish", { Condition: { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } } }),
    ),
  ),
  "sns-public-not-equals": publicPolicy(
    topicPolicy(open("sns:Publish", { Condition: { StringNotEquals: { "aws:SourceAccount": "1" } } })),
  ),
  "sns-public-any-source": publicPolicy(
    topicPolicy(open("sns:Publish", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:*:*:*:*" } } })),
  ),
  "sns-public-second-value": publicPolicy(
    topicPolicy(
      open("sns:Publish", { Condition: { StringLike: { "aws:PrincipalOrgID": ["o-1234567890", "*"] } } }),
    ),
  ),
  "sns-public-second-statement": publicPolicy(
    topicPolicy(
      policyDocument(
        { Principal: { Service: "s3.amazonaws.com" }, Action: "sns:Publish", Resource: "*" },
        { Principal: { AWS: "*" }, Action: "sns:Subscribe", Resource: "*" },
      ),
    ),
  ),
  "sqs-public": publicPolicy((n) => new aws.sqs.QueuePolicy(n, { queueUrl: "q", policy: open("sqs:*") })),
  "sqs-public-inline": publicPolicy((n) => new aws.sqs.Queue(n, { policy: open("sqs:SendMessage") })),
  "sqs-public-any-address": publicPolicy(
    (n) =>
      new aws.sqs.QueuePolicy(n, {
        queueUrl: "q",
        policy: open("sqs:SendMessage", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }),
      }),
  ),
  "efs-policy-open": publicPolicy(
    (n) =>
      new aws.efs.FileSystemPolicy(n, {
        fileSystemId: "fs-1",
        policy: policyDocument({ Principal: { AWS: "*" }, Action: "*" }),
      }),
  ),
  "secret-policy-public": publicPolicy(
    (n) =>
      new aws.secretsmanager.SecretPolicy(n, {
        secretArn: "s",
        blockPublicPolicy: false,
        policy: open("secretsmanager:GetSecretValue"),
      }),
  ),
  "secret-inline-public": publicPolicy(
    (n) => new aws.secretsmanager.Secret(n, { policy: open("secretsmanager:GetSecretValue") }),
  ),
  "key-public": publicPolicy((n) => new aws.kms.Key(n, { policy: open("kms:Decrypt") })),
  "key-policy-public": publicPolicy(
    (n) => new aws.kms.KeyPolicy(n, { keyId: "k", policy: open("kms:*", { Principal: { AWS: "*" } }) }),
  ),
  "images-public": publicPolicy(
    (n) => new aws.ecr.RepositoryPolicy(n, { repository: "r", policy: open("ecr:BatchGetImage") }),
  ),
  "vault-public": publicPolicy(
    (n) =>
      new aws.backup.VaultPolicy(n, { backupVaultName: "v", policy: open("backup:CopyIntoBackupVault") }),
  ),
  "table-public": publicPolicy(
    (n) => new aws.dynamodb.ResourcePolicy(n, { resourceArn: "t", policy: open("dynamodb:GetItem") }),
  ),
  "search-public": publicPolicy((n) => new aws.opensearch.Domain(n, { accessPolicies: open("es:*") })),
  "bus-public": publicPolicy(
    (n) => new aws.cloudwatch.EventBusPolicy(n, { policy: open("events:PutEvents") }),
  ),
  "bus-permission-public": publicPolicy(
    (n) => new aws.cloudwatch.EventPermission(n, { principal: "*", statementId: "all" }),
  ),
  "fn-permission-public": publicPolicy(permission({})),
  "fn-permission-any-bucket": publicPolicy(permission({ principal: "s3.amazonaws.com" })),
  "fn-layer-public": publicPolicy(
    (n) =>
      new aws.lambda.LayerVersionPermission(n, {
        layerName: "l",
        versionNumber: 1,
        statementId: "all",
        action: "lambda:GetLayerVersion",
        principal: "*",
      }),
  ),
  "fp-topic-of-account": good(
    topicPolicy(open("sns:Publish", { Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } } })),
  ),
  "fp-topic-of-organization": good(
    topicPolicy(open("sns:Publish", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })),
  ),
  "fp-topic-of-bucket": good(
    topicPolicy(
      open("sns:Publish", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:uploads" } } }),
    ),
  ),
  "fp-topic-of-service": good(
    topicPolicy(
      policyDocument({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "*",
      }),
    ),
  ),
  "fp-denied-others": good((n) =>
    bucketPolicy(
      policyDocument(
        { Principal: "*", Action: "s3:GetObject", Resource: "*" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
      ),
    )(n),
  ),
  "fp-efs-mount-targets": good(
    (n) =>
      new aws.efs.FileSystemPolicy(n, {
        fileSystemId: "fs-1",
        policy: policyDocument(
          {
            Principal: { AWS: "*" },
            Action: "elasticfilesystem:ClientMount",
            Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
          },
          {
            Effect: "Deny",
            Principal: "*",
            Action: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ),
      }),
  ),
  "fp-key-of-account": good(
    (n) =>
      new aws.kms.Key(n, {
        policy: policyDocument(
          { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
          {
            Principal: { AWS: "*" },
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: {
              StringEquals: {
                "kms:CallerAccount": "123456789012",
                "kms:ViaService": "s3.us-east-1.amazonaws.com",
              },
            },
          },
        ),
      }),
  ),
  "fp-endpoint-policy": good(
    (n) => new aws.ec2.VpcEndpoint(n, { vpcId: "v", serviceName: "s3", policy: open("*") }),
  ),
  "fp-fn-permission-rule": good(
    permission({ principal: "events.amazonaws.com", sourceArn: "arn:aws:events:us-east-1:1:rule/r" }),
  ),
  "fp-fn-permission-bucket": good(
    permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::uploads", sourceAccount: "1" }),
  ),

  "fn-url-public": bad(
    "function-url-auth",
    (n) => new aws.lambda.FunctionUrl(n, { functionName: "f", authorizationType: "NONE" }),
  ),
  "fn-url-permission": bad("function-url-auth", permission({ functionUrlAuthType: "NONE" })),
  "fp-fn-url-iam": good(
    (n) => new aws.lambda.FunctionUrl(n, { functionName: "f", authorizationType: "AWS_IAM" }),
  ),
};
