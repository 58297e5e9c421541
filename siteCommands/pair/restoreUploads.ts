import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "../../cli/failure";
import type { Content } from "../stack/content";
import type { Stack } from "../stack/stack";
import { ensureRole } from "../stack/vault";
import type { Taking } from "./take";

/**
 * Restores uploads into a new folder `aws-backup-restore_<time>` of the stack's file system. AWS Backup changes no
 * existing file.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-efs.html
 * @throws Failure when the restore fails
 */
export async function restoreUploads(
  { clients, longestPauseSeconds }: Stack,
  fileSystem: NonNullable<Content["fileSystem"]>,
  { point, roleArn, signal, say }: Taking & { readonly point: string },
): Promise<void> {
  const backup = await clients.backup();
  const [, partition = "aws"] = fileSystem.arn.split(":");
  const { RestoreJobId } = await backup.startRestoreJob({
    RecoveryPointArn: point,
    IamRoleArn: roleArn ?? (await ensureRole(clients, partition)),
    ResourceType: "EFS",
    Metadata: { "file-system-id": fileSystem.id, newFileSystem: "false", Encrypted: "true" },
  });
  for (let pause = Math.min(1, longestPauseSeconds); ; pause = Math.min(pause * 2, longestPauseSeconds)) {
    const {
      Status = "",
      PercentDone = "0.0",
      StatusMessage = "no reason given",
    } = await backup.describeRestoreJob({ RestoreJobId });
    if (Status === "COMPLETED") return;
    if (Status === "ABORTED" || Status === "FAILED") {
      throw new Failure(
        `The restore of the uploads is ${Status}: ${StatusMessage}`,
        "Fix the reason, then run the restore again.",
      );
    }
    say(`restoring the uploads, ${PercentDone} %`);
    await sleep(pause * 1000, undefined, { signal });
  }
}
