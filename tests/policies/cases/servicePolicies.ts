import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

type Program = PolicyCase["program"];
const isPublic = (program: Program) => bad("no-public-resource-policies", program);
const publicBucket = (program: Program) => bad("no-public-buckets", program);
const arn = "arn:aws:glue:us-east-1:123456789012:catalog";
const open = (action: string) => policyDocument({ Principal: "*", Action: action, Resource: "*" });
const openTo = (Principal: unknown, action: string) =>
  policyDocument({ Principal, Action: action, Resource: "*" });
const permission = (changed: Partial<aws.lambda.PermissionArgs>) => (n: string) =>
  new aws.lambda.Permission(n, {
    ...{ function: "f", action: "lambda:InvokeFunction", principal: "*" },
    ...changed,
  });
/** A topic that every principal may publish to, without the principals of further statements. */
const topic =
  (conditions: object | undefined, ...others: readonly object[]): Program =>
  (n) =>
    new aws.sns.TopicPolicy(n, {
      arn: "arn:aws:sns:us-east-1:123456789012:t",
      policy: policyDocument(
        {
          ...{ Principal: "*", Action: "sns:Publish", Resource: "arn:aws:sns:us-east-1:123456789012:t" },
          ...(conditions === undefined ? {} : { Condition: conditions }),
        },
        ...others,
      ),
    });
const deny = (changed: object) => ({
  ...{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" },
  ...changed,
});
const api =
  (...statements: readonly object[]): Program =>
  (n) =>
    new aws.apigateway.RestApiPolicy(n, { restApiId: "a", policy: policyDocument(...statements) });
const invoke = { Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };

/** Policies of services' resources, statements that deny others, and permissions of functions. */
export const servicePolicies: PolicyCases = {
  "glue-public": isPublic((n) => new aws.glue.ResourcePolicy(n, { policy: open("glue:*") })),
  "api-public": isPublic(api(invoke)),
  "api-public-inline": isPublic(
    (n) => new aws.apigateway.RestApi(n, { policy: openTo({ AWS: "*" }, "execute-api:Invoke") }),
  ),
  "api-denies-one-address": isPublic(
    api(invoke, {
      ...invoke,
      Effect: "Deny",
      Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    }),
  ),
  "fp-api-office": good(
    api(invoke, {
      ...invoke,
      Effect: "Deny",
      Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    }),
  ),
  "fp-api-private": good(
    api(invoke, {
      ...invoke,
      Effect: "Deny",
      Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
    }),
  ),
  "archive-public": isPublic((n) => new aws.glacier.Vault(n, { accessPolicy: open("glacier:InitiateJob") })),
  "media-public": isPublic(
    (n) =>
      new aws.mediastore.ContainerPolicy(n, { containerName: "c", policy: open("mediastore:GetObject") }),
  ),
  "mail-identity-public": isPublic(
    (n) => new aws.ses.IdentityPolicy(n, { identity: "example.com", policy: open("ses:SendEmail") }),
  ),
  "mail-identity-v2-public": isPublic(
    (n) =>
      new aws.sesv2.EmailIdentityPolicy(n, {
        ...{ emailIdentity: "example.com", policyName: "p", policy: open("ses:SendEmail") },
      }),
  ),
  "build-public": isPublic(
    (n) => new aws.codebuild.ResourcePolicy(n, { resourceArn: "a", policy: open("codebuild:StartBuild") }),
  ),
  "authority-public": isPublic(
    (n) => new aws.acmpca.Policy(n, { resourceArn: "a", policy: open("acm-pca:IssueCertificate") }),
  ),
  "kafka-public": isPublic(
    (n) => new aws.msk.ClusterPolicy(n, { clusterArn: "a", policy: open("kafka-cluster:Connect") }),
  ),
  "warehouse-public": isPublic(
    (n) => new aws.redshift.ResourcePolicy(n, { resourceArn: "a", policy: open("redshift:*") }),
  ),
  "search-domain-policy-public": isPublic(
    (n) =>
      new aws.elasticsearch.DomainPolicy(n, {
        domainName: "d",
        accessPolicies: openTo({ AWS: ["*"] }, "es:ESHttp*"),
      }),
  ),
  "registry-public": isPublic((n) => new aws.ecr.RegistryPolicy(n, { policy: open("ecr:ReplicateImage") })),
  "schema-public": isPublic(
    (n) => new aws.schemas.RegistryPolicy(n, { registryName: "r", policy: open("schemas:DescribeSchema") }),
  ),
  "key-replica-public": isPublic(
    (n) => new aws.kms.ReplicaKey(n, { primaryKeyArn: "a", policy: open("kms:Decrypt") }),
  ),
  "key-external-public": isPublic((n) => new aws.kms.ExternalKey(n, { policy: open("kms:Decrypt") })),
  "destination-public": isPublic(
    (n) =>
      new aws.cloudwatch.LogDestinationPolicy(n, {
        destinationName: "d",
        accessPolicy: open("logs:PutSubscriptionFilter"),
      }),
  ),
  "table-bucket-public": publicBucket(
    (n) =>
      new aws.s3tables.TableBucketPolicy(n, {
        tableBucketArn: "a",
        resourcePolicy: open("s3tables:GetTableData"),
      }),
  ),
  "multi-region-public": publicBucket(
    (n) =>
      new aws.s3control.MultiRegionAccessPointPolicy(n, {
        details: { name: "m", policy: open("s3:GetObject") },
      }),
  ),
  "access-point-attached-public": publicBucket(
    (n) => new aws.s3control.AccessPointPolicy(n, { accessPointArn: "a", policy: open("s3:GetObject") }),
  ),
  "fp-glue-account": good(
    (n) =>
      new aws.glue.ResourcePolicy(n, {
        policy: policyDocument({
          ...{ Principal: { AWS: "arn:aws:iam::210987654321:root" }, Action: "glue:GetTable" },
          Resource: arn,
        }),
      }),
  ),
  "fp-search-addresses": good(
    (n) =>
      new aws.opensearch.DomainPolicy(n, {
        domainName: "d",
        accessPolicies: policyDocument({
          ...{ Principal: { AWS: "*" }, Action: "es:*", Resource: "*" },
          Condition: { IpAddress: { "aws:SourceIp": ["198.51.100.0/24", "203.0.113.7"] } },
        }),
      }),
  ),
  "fp-bucket-log-delivery": good((n) => new aws.s3.BucketAcl(n, { bucket: "b", acl: "log-delivery-write" })),

  "fp-topic-denies-not-principal": good(
    topic(undefined, {
      ...{ Effect: "Deny", Action: "sns:*", Resource: "*" },
      NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" },
    }),
  ),
  "fp-topic-denies-by-two": good(
    topic(
      undefined,
      deny({
        Condition: {
          StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1a2b3c4d5e" },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      }),
    ),
  ),
  "fp-topic-denies-same-action": good(
    topic(
      undefined,
      deny({
        Action: ["SNS:Publish"],
        Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
      }),
    ),
  ),
  "sns-public-denies-elsewhere": isPublic(
    topic(
      undefined,
      deny({
        Resource: "arn:aws:sns:us-east-1:123456789012:other",
        Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
      }),
    ),
  ),
  "sns-public-denies-other-action": isPublic(
    topic(
      undefined,
      deny({
        Action: "sns:DeleteTopic",
        Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
      }),
    ),
  ),
  "sns-public-denies-plain-http": isPublic(
    topic(undefined, deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })),
  ),
  "sns-public-denies-services": isPublic(
    topic(undefined, deny({ Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } })),
  ),
  "sns-public-session-name": isPublic(topic({ StringLike: { "aws:userId": "*:deploy" } })),
  "sns-public-rule-of-any-account": isPublic(
    topic({ ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/nightly" } }),
  ),
  "sns-public-role-of-any-account": isPublic(
    topic({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } }),
  ),
  "sns-public-via-service": isPublic(topic({ Bool: { "aws:ViaAWSService": "true" } })),
  "sns-public-resource-account": isPublic(topic({ StringEquals: { "aws:ResourceAccount": "123456789012" } })),
  "sns-public-tag": isPublic(topic({ StringEquals: { "aws:PrincipalTag/team": "web" } })),
  "fp-topic-user-id": good(topic({ StringLike: { "aws:userId": "AROAEXAMPLEID1234:*" } })),
  "fp-topic-rule-of-account": good(
    topic({ ArnLike: { "aws:SourceArn": "arn:aws:events:*:123456789012:rule/*" } }),
  ),
  "fp-topic-organization-paths": good(
    topic({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-1a2b3c4d5e/r-ab12/ou-ab12-1/*" } }),
  ),

  "fn-permission-any-arn": isPublic(permission({ sourceArn: "*" })),
  "fn-permission-any-buckets-arn": isPublic(
    permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::*" }),
  ),
  "fn-permission-any-topic": isPublic(permission({ principal: "sns.amazonaws.com" })),
  "fn-url-any-account": isPublic(
    permission({ action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" }),
  ),
  "fp-fn-permission-topic": good(
    permission({
      principal: "sns.amazonaws.com",
      sourceArn: "arn:aws:sns:us-east-1:123456789012:t",
    }),
  ),
  "fp-fn-permission-organization": good(permission({ principalOrgId: "o-1a2b3c4d5e" })),
  "fp-fn-permission-rotation": good(permission({ principal: "secretsmanager.amazonaws.com" })),
  "fp-fn-url-cors": good(
    (n) =>
      new aws.lambda.FunctionUrl(n, {
        ...{ functionName: "f", authorizationType: "AWS_IAM", cors: { allowOrigins: ["*"] } },
      }),
  ),

  "image-distributed-publicly": bad(
    "no-public-images",
    (n) =>
      new aws.imagebuilder.DistributionConfiguration(n, {
        distributions: [
          {
            region: "us-east-1",
            amiDistributionConfiguration: { launchPermission: { userGroups: ["all"] } },
          },
        ],
      }),
  ),
  "fp-image-organization": good(
    (n) =>
      new aws.ec2.AmiLaunchPermission(n, {
        imageId: "ami-1",
        organizationArn: "arn:aws:organizations::123456789012:organization/o-1a2b3c4d5e",
      }),
  ),
};
