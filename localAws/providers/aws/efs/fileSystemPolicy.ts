import type { FileSystemPolicyArgs, FileSystemPolicyState } from "@pulumi/aws/efs";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";

/** The resource policy of a file system. Its id is the file system's. */
export const fileSystemPolicy: ResourceType<FileSystemPolicyArgs> = {
  token: "aws:efs/fileSystemPolicy:FileSystemPolicy",
  properties: {
    bypassPolicyLockoutSafetyCheck: { default: false, notReadable: true },
    fileSystemId: { required: true, replace: true },
    policy: { required: true, json: "policy" },
  },
  async create(aws, inputs) {
    const FileSystemId = reading<FileSystemPolicyArgs>(inputs).requiredString("fileSystemId");
    await put(aws, FileSystemId, inputs);
    return { id: FileSystemId };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.efs()).describeFileSystemPolicy({ FileSystemId: id }),
      "FileSystemNotFound",
      "PolicyNotFound",
    );
    if (found?.Policy === undefined) return undefined;
    return present({ fileSystemId: id, policy: found.Policy } satisfies Known<FileSystemPolicyState>);
  },
  async update(aws, { id, new: inputs }) {
    await put(aws, id, inputs);
  },
  async delete(aws, id) {
    await unlessGone(
      (await aws.efs()).deleteFileSystemPolicy({ FileSystemId: id }),
      "FileSystemNotFound",
      "PolicyNotFound",
    );
  },
};

async function put(aws: AwsClients, FileSystemId: string, inputs: Properties): Promise<void> {
  const from = reading<FileSystemPolicyArgs>(inputs);
  await (
    await aws.efs()
  ).putFileSystemPolicy({
    BypassPolicyLockoutSafetyCheck: from.boolean("bypassPolicyLockoutSafetyCheck"),
    FileSystemId,
    Policy: from.requiredJson("policy"),
  });
}
