import { remediateOn, on, resourceRule } from "../../support/rule";

export const encryptedFileSystem = resourceRule(
  {
    name: "encrypted-file-system",
    displayName: "File system encrypted",
    description: "An EFS file system is encrypted.",
    why: "Encryption is free and cannot be enabled later: an unencrypted file system must be replaced, with all its files.",
    severity: "high",
    topics: ["encryption-at-rest"],
    fix: "Set encrypted to true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-1",
    counterparts: {
      fsbp: ["EFS.1", "EFS.8"],
      checkov: ["CKV_AWS_42"],
      cdkNag: ["AwsSolutions-EFS1"],
    },
    settings: {},
  },
  [
    on("aws:efs/fileSystem:FileSystem", function* ({ encrypted }) {
      if (encrypted !== true) yield { at: "encrypted", value: encrypted, allowed: "true" };
    }),
  ],
  [remediateOn("aws:efs/fileSystem:FileSystem", () => ({ encrypted: true }))],
);
