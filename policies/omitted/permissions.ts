import type { OmittedControls } from "./omittedControls";

/** For policies, roles, users and keys. */
export const permissions: readonly OmittedControls[] = [
  {
    ids: ["IAM.2", "CKV_AWS_40", "CKV_AWS_273", "AwsSolutions-IAM4"],
    what: "No policies on users, no users, no AWS managed policies",
    why: "The program has no users, and attaches no managed policy.",
  },
  {
    ids: ["CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"],
    what: "Narrower lists of actions",
    why: "Some actions have no resource (ec2:Describe*), so these checks need exceptions in every program. The rules refuse all actions on all resources, and iam:PassRole on all roles.",
  },
  {
    ids: ["KMS.1", "KMS.2"],
    what: "No decryption with every key",
    why: "iam-no-star-on-star refuses kms:* on all resources. A policy for kms:Decrypt on all keys still needs each key to allow it.",
  },
  {
    ids: ["KMS.3", "CKV_AWS_7", "CKV_AWS_227", "CKV2_AWS_64", "AwsSolutions-KMS5"],
    what: "Deletion, rotation, state and policy of customer managed keys",
    why: "The program creates no keys. Security Hub checks them in the account.",
  },
  {
    ids: ["CKV2_AWS_14", "CKV2_AWS_21", "CKV2_AWS_22"],
    what: "Users in groups, users without a console password",
    why: "The program has no users.",
  },
  {
    ids: ["CKV2_AWS_68", "CKV2_AWS_10"],
    what: "Roles of notebooks, log groups of trails",
    why: "The packs judge every role and every log group of a function, whatever uses it.",
  },
];
