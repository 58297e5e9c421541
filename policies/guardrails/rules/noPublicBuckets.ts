import { resourceRule } from "../../support/rule";
import { isBucketType, onPublicAccessBlocks, onPublicAcls } from "../../support/views/grants/buckets";
import { onOpenResourcePolicies } from "../../support/views/grants/resourcePolicies";

export const noPublicBuckets = resourceRule(
  {
    name: "no-public-buckets",
    displayName: "No public buckets",
    description:
      "No policy, ACL or grant opens a bucket or an object of S3 to everyone, and Block Public Access is on where the stack sets it.",
    why: "A public bucket is read by scanners within hours. Backups and uploads in it are then public for ever.",
    severity: "critical",
    topics: ["public-access"],
    fix: "Remove the ACL, name the principals in the policy, and set all four settings of BucketPublicAccessBlock to true. Serve public files through CloudFront with origin access control.",
    url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    counterparts: {
      fsbp: ["S3.1", "S3.2", "S3.3", "S3.8", "S3.19"],
      checkov: [
        ...["CKV_AWS_20", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV_AWS_57"],
        ...["CKV_AWS_70", "CKV_AWS_375", "CKV2_AWS_43"],
      ],
      cdkNag: ["AwsSolutions-S2", "AwsSolutions-S5"],
    },
    settings: {},
  },
  [
    onPublicAcls(),
    onPublicAccessBlocks(),
    onOpenResourcePolicies(isBucketType, "named principals, or a condition that limits the callers"),
  ],
);
