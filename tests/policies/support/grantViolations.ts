import type { AnyResource } from "../../../policies/support/resourceTypes";
import { among, anyFixture } from "./fixture";

/** One or more resources, each of which violates the rule. */
export type Violation = AnyResource | readonly AnyResource[];

const resource = (type: string, props: object) => among(anyFixture(type, "violating", props), {});
const policy = (statement: object) =>
  resource("aws:iam/rolePolicy:RolePolicy", {
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }),
  });
const open = (type: string, action: string) =>
  resource(type, {
    policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: action, Resource: "*" }],
    }),
  });
const attached = (name: string) =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    policyArn: `arn:aws:iam::aws:policy/${name}`,
  });
const block = (name: string) =>
  resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
    ...{
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    [name]: false,
  });
const bucketAcl = (acl: string) => resource("aws:s3/bucketAcl:BucketAcl", { acl });
const trust = (principal: object, action = "sts:AssumeRole") =>
  resource("aws:iam/role:Role", {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: action, Principal: principal }],
    }),
  });
const githubTrust = trust(
  { Federated: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" },
  "sts:AssumeRoleWithWebIdentity",
);

/** What the rules about grants and secrets must refuse, by the controls that they name. */
export const grantViolations: Readonly<Record<string, Readonly<Record<string, Violation>>>> = {
  "iam-no-star-on-star": {
    "IAM.1": policy({ Action: "*", Resource: "*" }),
    "IAM.21": policy({ Action: "ec2:*", Resource: "*" }),
    CKV_AWS_62: policy({ Action: "*", Resource: "*" }),
    CKV_AWS_63: policy({ Action: "*", Resource: "*" }),
    CKV_AWS_274: attached("AdministratorAccess"),
    CKV2_AWS_40: policy({ Action: "iam:*", Resource: "*" }),
    CKV2_AWS_56: attached("IAMFullAccess"),
    "AwsSolutions-IAM5": policy({ Action: "s3:*", Resource: "*" }),
  },
  "iam-pass-role-scoped": {
    CKV_AWS_286: [
      policy({ Action: "iam:PassRole", Resource: "*" }),
      policy({ Action: "iam:CreatePolicyVersion", Resource: "*" }),
      policy({ Action: "iam:AttachUserPolicy", Resource: "*" }),
    ],
    "AwsSolutions-IAM5": policy({ Action: "iam:PassRole", Resource: "*" }),
  },
  "iam-trust-not-open": {
    CKV_AWS_60: trust({ AWS: "*" }),
    CKV_AWS_61: trust({ AWS: ["*"] }),
    CKV_AWS_358: githubTrust,
    CKV_AWS_393: githubTrust,
  },
  "no-public-buckets": {
    "S3.1": resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {}),
    "S3.2": [bucketAcl("public-read"), open("aws:s3/bucketPolicy:BucketPolicy", "s3:GetObject")],
    "S3.3": [bucketAcl("public-read-write"), open("aws:s3/bucketPolicy:BucketPolicy", "s3:PutObject")],
    "S3.8": block("restrictPublicBuckets"),
    "S3.19": resource("aws:s3/accessPoint:AccessPoint", {
      publicAccessBlockConfiguration: { blockPublicAcls: false },
    }),
    CKV_AWS_20: bucketAcl("public-read"),
    CKV_AWS_53: block("blockPublicAcls"),
    CKV_AWS_54: block("blockPublicPolicy"),
    CKV_AWS_55: block("ignorePublicAcls"),
    CKV_AWS_56: block("restrictPublicBuckets"),
    CKV_AWS_57: bucketAcl("public-read-write"),
    CKV_AWS_70: open("aws:s3/bucketPolicy:BucketPolicy", "s3:*"),
    CKV_AWS_375: resource("aws:s3/bucketAcl:BucketAcl", {
      accessControlPolicy: {
        grants: [
          { permission: "READ_ACP", grantee: { uri: "http://acs.amazonaws.com/groups/global/AllUsers" } },
        ],
      },
    }),
    CKV2_AWS_43: bucketAcl("authenticated-read"),
    "AwsSolutions-S2": block("ignorePublicAcls"),
    "AwsSolutions-S5": open("aws:s3/bucketPolicy:BucketPolicy", "s3:GetObject"),
  },
  "no-public-resource-policies": {
    "KMS.5": open("aws:kms/key:Key", "kms:Decrypt"),
    CKV_AWS_33: open("aws:kms/key:Key", "kms:*"),
    "Lambda.1": resource("aws:lambda/permission:Permission", { principal: "*" }),
    CKV_AWS_301: resource("aws:lambda/permission:Permission", { principal: "*" }),
    "SNS.4": open("aws:sns/topicPolicy:TopicPolicy", "sns:Publish"),
    CKV_AWS_169: open("aws:sns/topicPolicy:TopicPolicy", "sns:Publish"),
    "SQS.3": open("aws:sqs/queuePolicy:QueuePolicy", "sqs:SendMessage"),
    CKV_AWS_168: open("aws:sqs/queuePolicy:QueuePolicy", "sqs:*"),
    CKV_AWS_387: open("aws:sqs/queuePolicy:QueuePolicy", "sqs:*"),
    CKV_AWS_32: open("aws:ecr/repositoryPolicy:RepositoryPolicy", "ecr:BatchGetImage"),
  },
  "function-url-auth": {
    CKV_AWS_258: resource("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }),
  },
  "no-plain-secrets": {
    "CodeBuild.2": resource("aws:codebuild/project:Project", {
      environment: { environmentVariables: [{ name: "AWS_SECRET_ACCESS_KEY", value: "a".repeat(40) }] },
    }),
    "ECS.8": resource("aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: JSON.stringify([
        { environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "a".repeat(40) }] },
      ]),
    }),
    CKV_AWS_45: resource("aws:lambda/function:Function", {
      environment: { variables: { KEY: `AKIA${"A".repeat(16)}` } },
    }),
    CKV_AWS_46: resource("aws:ec2/instance:Instance", {
      userData: `export AWS_ACCESS_KEY_ID=AKIA${"A".repeat(16)}`,
    }),
    CKV_AWS_384: resource("aws:ssm/parameter:Parameter", {
      ...{ name: "key", type: "String", value: `AKIA${"A".repeat(16)}` },
    }),
  },
};
