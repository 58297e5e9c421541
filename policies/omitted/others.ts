import type { OmittedControls } from "./omittedControls";

/** For secrets, topics, queues and keys of encryption. */
export const others: readonly OmittedControls[] = [
  {
    ids: [
      "CKV_AWS_189",
      "CKV_AWS_184",
      "CKV_AWS_158",
      "CKV_AWS_173",
      "CKV_AWS_297",
      "CKV_AWS_327",
      "CKV_AWS_354",
    ],
    what: "Customer managed keys for every encryption",
    why: "AWS managed keys encrypt equally well for free; a customer managed key costs $1 a month and can be deleted by mistake.",
  },
  {
    ids: ["AwsSolutions-SNS3", "AwsSolutions-SQS4", "AwsSolutions-SQS3", "CKV_AWS_26", "CKV_AWS_27"],
    what: "TLS-only topics and queues, encrypted ones, dead-letter queues for queues",
    why: "SQS encrypts by default, AWS's clients use TLS, and no message here is secret.",
  },
  {
    ids: ["SecretsManager.1", "SecretsManager.4", "CKV2_AWS_57", "AwsSolutions-SMG4"],
    what: "Secrets with automatic rotation",
    why: "RDS rotates the database password every week, without a resource for it. Keys of other services, such as a mail account, cannot rotate by themselves.",
  },
  {
    ids: ["SecretsManager.2", "SecretsManager.3"],
    what: "Rotations that succeed, no unused secrets",
    why: "They are states of the account: Security Hub checks them there.",
  },
  {
    ids: ["CKV_AWS_149"],
    what: "A customer managed key for secrets",
    why: "AWS managed keys encrypt equally well for free; a customer managed key is needed only to share a secret with another account.",
  },
  {
    ids: ["SQS.1", "AwsSolutions-SQS2", "CKV2_AWS_73"],
    what: "Encrypted queues",
    why: "SQS encrypts every new queue with its own key, unless a program turns it off.",
  },
  {
    ids: ["CKV_AWS_385"],
    what: "Topics without access from other accounts",
    why: "Access for a named account is no public access; a team may need it.",
  },
  {
    ids: ["CKV_AWS_72"],
    what: "Queue policies without all actions",
    why: "no-public-resource-policies refuses everyone as the caller; a named caller may need every action.",
  },
];
