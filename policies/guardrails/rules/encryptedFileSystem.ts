import { remediateOn, on, resourceRule } from "../../support/rule";

/** Uploads are as private as the site's visitors believe them to be. */
export const encryptedFileSystem = resourceRule(
  {
    name: "encrypted-file-system",
    displayName: "File system encrypted",
    description: "An EFS file system is encrypted.",
    why: "Encryption costs nothing and cannot be switched on later: an unencrypted file system has to be replaced, with all that is on it.",
    severity: "high",
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
