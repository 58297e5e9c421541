import { EFS } from "@aws-sdk/client-efs";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { clientsOf, makeNetwork, present, refusalOf } from "./fleet";

describe("EFS in the emulator", () => {
  const emulator = useEmulator();

  it("keeps a file system's backups, throughput, mount targets and access points", async () => {
    const config = emulator.clientConfig("340000000001");
    const account = clientsOf(config);
    const efs = new EFS(config);
    const { subnetIds, groupId } = await makeNetwork(account);
    const { FileSystemId } = await efs.createFileSystem({ CreationToken: "uploads", Encrypted: true });

    expect((await refusalOf(efs.describeBackupPolicy({ FileSystemId }))).name).to.equal("PolicyNotFound");
    for (const Status of ["ENABLED", "DISABLED"] as const) {
      await efs.putBackupPolicy({ FileSystemId, BackupPolicy: { Status } });
      expect((await efs.describeBackupPolicy({ FileSystemId })).BackupPolicy).to.deep.equal({ Status });
    }
    await efs.updateFileSystem({ FileSystemId, ThroughputMode: "elastic" });
    const { FileSystems } = await efs.describeFileSystems({ FileSystemId });
    expect(FileSystems?.[0]).to.include({ ThroughputMode: "elastic", Encrypted: true });

    const point = { ClientToken: "uploads", RootDirectory: { Path: "/uploads" } };
    const { AccessPointId } = await efs.createAccessPoint({ FileSystemId, ...point });
    const twice = efs.createAccessPoint({ FileSystemId, ...point });
    expect((await refusalOf(twice)).name).to.match(/^AccessPointAlreadyExists/);
    const nowhere = efs.createAccessPoint({ FileSystemId: "fs-0123456789abcdef0", ClientToken: "other" });
    expect((await refusalOf(nowhere)).name).to.equal("FileSystemNotFound");

    const gone = efs.describeFileSystemPolicy({ FileSystemId: "fs-0123456789abcdef0" });
    expect((await refusalOf(gone)).name).to.equal("FileSystemNotFound");

    const targets: string[] = [];
    for (const SubnetId of subnetIds) {
      const { MountTargetId } = await efs.createMountTarget({
        FileSystemId,
        SubnetId,
        SecurityGroups: [groupId],
      });
      targets.push(present(MountTargetId));
    }
    const group = account.ec2.deleteSecurityGroup({ GroupId: groupId });
    expect((await refusalOf(group)).name).to.equal("DependencyViolation");
    expect((await refusalOf(efs.deleteFileSystem({ FileSystemId }))).name).to.equal("FileSystemInUse");
    for (const MountTargetId of targets) await efs.deleteMountTarget({ MountTargetId });
    await efs.deleteAccessPoint({ AccessPointId });
    await efs.deleteFileSystem({ FileSystemId });
    await account.ec2.deleteSecurityGroup({ GroupId: groupId });
  });
});
