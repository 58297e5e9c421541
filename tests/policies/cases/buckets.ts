import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const open = (action: string, changed: object = {}) =>
  policyDocument({ Principal: "*", Action: action, Resource: "*", ...changed });
const bucketPolicy = (policy: string) => (n: string) => new aws.s3.BucketPolicy(n, { bucket: "b", policy });
const allUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
const publicBucket = (program: (n: string) => unknown) => bad("no-public-buckets", program);

/** Buckets and objects that everyone may read. */
export const buckets: PolicyCases = {
  "s3-public": publicBucket((n) => {
    const { id: bucket } = new aws.s3.Bucket(n, { acl: "public-read" });
    new aws.s3.BucketPublicAccessBlock(n, { bucket, blockPublicAcls: false });
    bucketPolicy(open("s3:GetObject"))(n);
  }),
  "s3-public-policy": publicBucket(bucketPolicy(open("s3:GetObject"))),
  "s3-public-policy-inline": publicBucket(
    (n) => new aws.s3.Bucket(n, { policy: open("s3:GetObject", { Principal: { AWS: "*" } }) }),
  ),
  "s3-public-half-addresses": publicBucket(
    bucketPolicy(
      open("s3:GetObject", { Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } } }),
    ),
  ),
  "s3-public-acl": publicBucket((n) => new aws.s3.BucketAcl(n, { bucket: "b", acl: "public-read-write" })),
  "s3-public-authenticated": publicBucket((n) => new aws.s3.Bucket(n, { acl: "authenticated-read" })),
  "s3-public-grant": publicBucket(
    (n) =>
      new aws.s3.BucketAcl(n, {
        bucket: "b",
        accessControlPolicy: {
          owner: { id: "o" },
          grants: [{ permission: "READ", grantee: { type: "Group", uri: allUsers } }],
        },
      }),
  ),
  "s3-public-bucket-grant": publicBucket(
    (n) => new aws.s3.Bucket(n, { grants: [{ type: "Group", permissions: ["READ_ACP"], uri: allUsers }] }),
  ),
  "s3-public-object": publicBucket(
    (n) => new aws.s3.BucketObjectv2(n, { bucket: "b", key: "k", content: "x", acl: "public-read" }),
  ),
  "s3-public-copy": publicBucket(
    (n) => new aws.s3.ObjectCopy(n, { bucket: "b", key: "k", source: "b/x", acl: "public-read" }),
  ),
  "s3-no-block": publicBucket((n) => new aws.s3.BucketPublicAccessBlock(n, { bucket: "b" })),
  "s3-no-account-block": publicBucket(
    (n) => new aws.s3.AccountPublicAccessBlock(n, { blockPublicAcls: true, blockPublicPolicy: false }),
  ),
  "s3-access-point-open": publicBucket(
    (n) =>
      new aws.s3.AccessPoint(n, {
        bucket: "b",
        publicAccessBlockConfiguration: { restrictPublicBuckets: false },
      }),
  ),
  "s3-access-point-policy": publicBucket(
    (n) => new aws.s3control.AccessPointPolicy(n, { accessPointArn: "a", policy: open("s3:GetObject") }),
  ),
  "fp-s3-private": good((n) => {
    const { id: bucket } = new aws.s3.Bucket(n, {});
    new aws.s3.BucketPublicAccessBlock(n, {
      bucket,
      ...{
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    });
    new aws.s3.BucketAcl(n, { bucket, acl: "private" });
    bucketPolicy(
      policyDocument(
        {
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::b/*",
          Condition: { StringEquals: { "AWS:SourceArn": "arn:aws:cloudfront::1:distribution/d" } },
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
    )(n);
  }),
  "fp-s3-office": good(
    bucketPolicy(open("s3:GetObject", { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } })),
  ),
  "fp-s3-endpoint": good(
    bucketPolicy(open("s3:GetObject", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })),
  ),
};
