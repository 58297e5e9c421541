import type { OmittedControls } from "./omittedControls";

/** For servers, groups and images. */
export const servers: readonly OmittedControls[] = [
  {
    ids: ["AutoScaling.6"],
    what: "Several instance types in a group",
    why: "The fleet is small and has one burstable type; more types would need tests with several images and sizes.",
  },
  {
    ids: ["AutoScaling.9", "CKV_AWS_315", "CKV_AWS_389"],
    what: "Launch templates instead of launch configurations",
    why: "Accounts created since October 2024 cannot use launch configurations.",
  },
  {
    ids: ["AwsSolutions-AS1"],
    what: "A cooldown period",
    why: "Only simple scaling uses it; target tracking uses the instance warm-up.",
  },
  {
    ids: ["AwsSolutions-AS3"],
    what: "Notifications of all scaling events",
    why: "The fleet has them; a stack without them is not at risk.",
  },
  {
    ids: ["EC2.4", "EC2.7", "EC2.172", "IAM.3", "IAM.4", "IAM.5", "IAM.6", "IAM.7", "IAM.8"],
    what: "States and settings of the account",
    why: "They are not resources of a stack: Security Hub checks them in the account.",
  },
  {
    ids: ["EC2.17", "EC2.24", "EC2.180"],
    what: "Single interfaces, no paravirtual types, source and destination checks",
    why: "They are AWS's defaults on every current instance type.",
  },
  {
    ids: ["CKV_AWS_341", "AutoScaling.4"],
    what: "A metadata hop limit of 1",
    why: "The fleet has it. Servers with containers need 2, and IMDSv2 itself prevents the attack.",
  },
  {
    ids: ["CKV_AWS_126", "AwsSolutions-EC28"],
    what: "Detailed monitoring",
    why: "The fleet has it, for target tracking; elsewhere it adds cost, not security.",
  },
  {
    ids: ["CKV_AWS_135", "AwsSolutions-EC29", "CKV2_AWS_41"],
    what: "EBS-optimised, termination-protected servers with a role",
    why: "Current types are EBS-optimised. Auto Scaling replaces instances, and an instance without a role has fewer permissions.",
  },
  {
    ids: ["SSM.1", "SSM.2", "SSM.3"],
    what: "Servers managed and patched by Systems Manager",
    why: "Servers have no Systems Manager agent: they are replaced by a new image, not patched, and EC2 Instance Connect gives a shell.",
  },
  {
    ids: ["CKV_AWS_183", "CKV_AWS_204", "CKV_AWS_236"],
    what: "Customer managed keys for images and snapshots",
    why: "AWS managed keys encrypt equally well for free; a customer managed key is needed only to share an encrypted image.",
  },
];
