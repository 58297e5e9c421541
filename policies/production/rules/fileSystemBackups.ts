import { stackRule } from "../../support/rule";
import { allOf, refersTo } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

export const fileSystemBackups = stackRule(
  {
    name: "file-system-backups",
    displayName: "File system with backups",
    description: "An EFS file system has automatic backups.",
    why: "A database backup alone restores posts without their images. A file system that is deleted by mistake cannot be restored.",
    severity: "medium",
    topics: ["backup"],
    fix: "Set fleet.uploadsBackups; for other file systems, add an aws.efs.BackupPolicy with status ENABLED.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-7",
    counterparts: { fsbp: ["EFS.2", "EFS.7"], checkov: ["CKV2_AWS_18"], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const policies = allOf(stack, "aws:efs/backupPolicy:BackupPolicy");
    yield* judgeEach(allOf(stack, "aws:efs/fileSystem:FileSystem"), function* (fileSystem) {
      const own = policies.find((policy) => refersTo(policy, "fileSystemId", fileSystem));
      const status = own?.props.backupPolicy.status;
      if (status === "ENABLED") return;
      yield {
        resource: fileSystem,
        at: "its backup policy",
        value: status,
        allowed: '"ENABLED"',
      };
    });
  },
);
