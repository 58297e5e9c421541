import type { StackFinding } from "../../support/finding";
import { referencesOf } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, isGiven, type StackResource, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

export const fileSystemBackups = stackRule(
  {
    name: "file-system-backups",
    displayName: "File system with backups",
    description: "An EFS file system has automatic backups.",
    why: "A database backup alone restores posts without their images. A file system that is deleted by mistake cannot be restored.",
    severity: "medium",
    topics: ["backup"],
    fix: "Add an aws.efs.BackupPolicy with status ENABLED.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-7",
    counterparts: { fsbp: ["EFS.2", "EFS.7"], checkov: ["CKV2_AWS_18"], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    yield* judgeEach(allOf(stack, "aws:efs/fileSystem:FileSystem"), (fileSystem) =>
      judgeFileSystem(fileSystem, stack),
    );
  },
);

function* judgeFileSystem(
  fileSystem: StackResourceOf<"aws:efs/fileSystem:FileSystem">,
  stack: readonly StackResource[],
): Iterable<StackFinding> {
  const token = "aws:efs/fileSystem:FileSystem";
  const isIt = ({ urn }: StackResource) => urn === fileSystem.urn;
  const policies = allOf(stack, "aws:efs/backupPolicy:BackupPolicy").map((policy) => ({
    status: policy.props.backupPolicy.status,
    of: referencesOf(stack, policy, "fileSystemId", token),
  }));
  const planned = allOf(stack, "aws:backup/selection:Selection").map((selection) => ({
    status: "ENABLED",
    of: referencesOf(stack, selection, "resources", token, { key: "arn" }),
  }));
  const possible = [...policies, ...planned].filter(({ of }) => of.possible.some(isIt));
  const certain = possible.filter(({ of }) => of.certain.some(isIt));
  if (certain.some(({ status }) => status === "ENABLED")) return;
  const [first] = certain;
  // AWS backs up a file system in one zone unless the program disables it.
  if (first === undefined && isGiven(fileSystem, "availabilityZoneName")) return;
  const doubt = possible.find(({ status }) => status === "ENABLED")?.of.unknown;
  if (doubt !== undefined) throw doubt;
  yield { resource: fileSystem, at: "its backup policy", value: first?.status, allowed: '"ENABLED"' };
}
