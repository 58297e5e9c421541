import { Backup } from "@aws-sdk/client-backup";
import { EFS } from "@aws-sdk/client-efs";
import { IAM } from "@aws-sdk/client-iam";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { present, refusalOf } from "./fleet";

describe("AWS Backup in the emulator", () => {
  const emulator = useEmulator();

  /** A file system, a vault and a role for jobs. */
  const open = async () => {
    const config = emulator.clientConfig(emulator.newAccountId());
    const [backup, efs, iam] = [new Backup(config), new EFS(config), new IAM(config)];
    const { FileSystemArn, FileSystemId } = await efs.createFileSystem({ CreationToken: "uploads" });
    const { Role } = await iam.createRole({ RoleName: "backups", AssumeRolePolicyDocument: "{}" });
    await backup.createBackupVault({ BackupVaultName: "site" });
    const job = {
      BackupVaultName: "site",
      ResourceArn: present(FileSystemArn),
      IamRoleArn: present(Role?.Arn),
    };
    const points = async () => {
      const { RecoveryPoints = [] } = await backup.listRecoveryPointsByBackupVault({
        BackupVaultName: "site",
      });
      return RecoveryPoints;
    };
    return { backup, job, points, fileSystemId: present(FileSystemId) };
  };

  it("makes a recovery point with its tags, and deletes it", async () => {
    const { backup, job, points } = await open();
    const started = await backup.startBackupJob({ ...job, RecoveryPointTags: { Stack: "prod" } });
    const BackupJobId = present(started.BackupJobId);
    expect(await backup.describeBackupJob({ BackupJobId })).to.include({
      State: "COMPLETED",
      RecoveryPointArn: started.RecoveryPointArn,
      ResourceArn: job.ResourceArn,
    });
    const [point, ...others] = await points();
    expect(others).to.deep.equal([]);
    expect(point).to.include({ Status: "COMPLETED", ResourceType: "EFS" });
    expect(point?.CreationDate).to.be.an.instanceOf(Date);
    const RecoveryPointArn = present(point?.RecoveryPointArn);
    expect((await backup.listTags({ ResourceArn: RecoveryPointArn })).Tags).to.deep.equal({ Stack: "prod" });

    const vault = { BackupVaultName: "site" };
    expect((await refusalOf(backup.deleteBackupVault(vault))).name).to.equal("InvalidRequestException");
    await backup.deleteRecoveryPoint({ ...vault, RecoveryPointArn });
    expect(await points()).to.deep.equal([]);
    await backup.deleteBackupVault(vault);
  });

  it("refuses a job without vault, role or file system", async () => {
    const { backup, job } = await open();
    const refusal = async (wrong: Partial<typeof job>) =>
      (await refusalOf(backup.startBackupJob({ ...job, ...wrong }))).name;
    expect(await refusal({ BackupVaultName: "none" })).to.equal("ResourceNotFoundException");
    expect(await refusal({ IamRoleArn: `${job.IamRoleArn}s` })).to.equal("InvalidParameterValueException");
    expect(await refusal({ ResourceArn: `${job.ResourceArn}0` })).to.equal("ResourceNotFoundException");
  });

  it("restores a recovery point into a file system, and requires AWS's metadata", async () => {
    const { backup, job, fileSystemId } = await open();
    const { RecoveryPointArn } = await backup.startBackupJob(job);
    const restore = (Metadata: Record<string, string>) =>
      backup.startRestoreJob({ RecoveryPointArn, IamRoleArn: job.IamRoleArn, Metadata });
    expect((await refusalOf(restore({ newFileSystem: "false" }))).message).to.contain("file-system-id");
    const { RestoreJobId } = await restore({
      "file-system-id": fileSystemId,
      newFileSystem: "false",
      Encrypted: "true",
    });
    expect(await backup.describeRestoreJob({ RestoreJobId })).to.include({
      Status: "COMPLETED",
      CreatedResourceArn: job.ResourceArn,
    });
  });
});
