import type { BackupPolicyArgs, BackupPolicyState } from "@pulumi/aws/efs";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

const statuses = ["DISABLED", "ENABLED"] as const;

/** Whether AWS Backup backs up a file system. Its id is the file system's. */
export const backupPolicy: ResourceType<BackupPolicyArgs> = {
  token: "aws:efs/backupPolicy:BackupPolicy",
  properties: {
    backupPolicy: { required: true, nested: { status: { required: true } } },
    fileSystemId: { required: true, replace: true },
  },
  check(inputs) {
    const status = statusOf(inputs);
    if (statuses.some((known) => known === status)) return [];
    return [{ property: "backupPolicy.status", reason: `${status} - allowed: ${statuses.join(", ")}` }];
  },
  async create(aws, inputs) {
    const FileSystemId = reading<BackupPolicyArgs>(inputs).requiredString("fileSystemId");
    await put(aws, FileSystemId, statusOf(inputs));
    return { id: FileSystemId };
  },
  async read(aws, id) {
    const answer = await unlessGone(
      (await aws.efs()).describeBackupPolicy({ FileSystemId: id }),
      "FileSystemNotFound",
      "PolicyNotFound",
    );
    const status = answer?.BackupPolicy?.Status;
    if (status === undefined) return undefined;
    // AWS first returns a transitional status, then the final one.
    const settled = status === "ENABLING" ? "ENABLED" : status === "DISABLING" ? "DISABLED" : status;
    return present({
      backupPolicy: { status: settled },
      fileSystemId: id,
    } satisfies Known<BackupPolicyState>);
  },
  async update(aws, { id, new: inputs }) {
    await put(aws, id, statusOf(inputs));
  },
  async delete(aws, id) {
    await unlessGone(put(aws, id, "DISABLED"), "FileSystemNotFound");
  },
};

function statusOf(inputs: Properties): string {
  const block = reading<BackupPolicyArgs>(inputs).object("backupPolicy") ?? {};
  return reading<input.efs.BackupPolicyBackupPolicy>(block).requiredString("status");
}

async function put(aws: AwsClients, FileSystemId: string, status: string): Promise<void> {
  await (
    await aws.efs()
  ).putBackupPolicy({
    BackupPolicy: { Status: choice("backupPolicy.status", statuses, status) },
    FileSystemId,
  });
}
