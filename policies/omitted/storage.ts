import type { OmittedControls } from "./omittedControls";

/** For file systems, disks and buckets. */
export const storage: readonly OmittedControls[] = [
  {
    ids: ["CKV2_AWS_9", "CKV2_AWS_8"],
    what: "AWS Backup plans for disks and databases",
    why: "database-backups and file-system-backups check the backups of the database and the file system; no other resource has data.",
  },
  {
    ids: ["EFS.3", "EFS.4", "EFS.6", "CKV_AWS_329", "CKV_AWS_330"],
    what: "Access points with root and user; mount targets in subnets without public addresses",
    why: "no-public-subnet-default checks every subnet; servers of one kind need no access points.",
  },
  {
    ids: [
      "S3.5",
      "S3.6",
      "S3.9",
      "S3.12",
      "S3.13",
      "CKV_AWS_18",
      "CKV_AWS_19",
      "CKV_AWS_21",
      "CKV_AWS_93",
      "CKV_AWS_143",
      "CKV_AWS_144",
      "CKV_AWS_145",
      "CKV_AWS_379",
      "CKV2_AWS_46",
      "CKV2_AWS_61",
      "CKV2_AWS_62",
      "AwsSolutions-S1",
      "AwsSolutions-S10",
    ],
    what: "TLS, versions, locks, logs, life cycle and replication of buckets",
    why: "The program has no bucket, and S3 encrypts every object. The packs check only that none is open to everyone.",
  },
  {
    ids: ["Backup.1"],
    what: "Recovery points are encrypted",
    why: "They are not resources of a stack: Security Hub checks them in the account.",
  },
  {
    ids: ["CKV2_AWS_6"],
    what: "A Block Public Access resource for each bucket",
    why: "S3 blocks public access of every new bucket. no-public-buckets refuses to turn that off.",
  },
];
