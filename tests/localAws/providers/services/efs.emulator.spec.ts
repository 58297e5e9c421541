import { expect } from "chai";

import { accessPoint } from "../../../../localAws/providers/aws/efs/accessPoint";
import { backupPolicy } from "../../../../localAws/providers/aws/efs/backupPolicy";
import { fileSystem } from "../../../../localAws/providers/aws/efs/fileSystem";
import { fileSystemPolicy } from "../../../../localAws/providers/aws/efs/fileSystemPolicy";
import { mountTarget } from "../../../../localAws/providers/aws/efs/mountTarget";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, type Kept } from "./life";
import { defaultSubnets, securityGroup } from "./network";

function mounts(effect: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: effect,
        Principal: { AWS: "*" },
        Action: "elasticfilesystem:ClientMount",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
    ],
  });
}

describe("EFS types on the emulator", () => {
  const account = emulatedAccount();
  let files: Kept;

  before(async () => {
    files = await make(account.aws, fileSystem, { encrypted: true, tags: { Name: "uploads" } });
  });

  it("manage a file system", async () => {
    const { aws } = account;
    await expectInStep(aws, files);
    expect(files.state["dnsName"]).to.equal(`${files.id}.efs.us-east-1.amazonaws.com`);

    files = await change(aws, files, {
      encrypted: true,
      lifecyclePolicies: [
        { transitionToIa: "AFTER_30_DAYS" },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
      tags: { Team: "web" },
      throughputMode: "elastic",
    });
    await expectInStep(aws, files);
    expect(preview(files, { ...files.inputs, encrypted: false }).replaced).to.deep.equal(["encrypted"]);

    const efs = await aws.efs();
    await efs.putLifecycleConfiguration({ FileSystemId: files.id, LifecyclePolicies: [] });
    expect(await driftOf(aws, files)).to.deep.equal(["lifecyclePolicies"]);
    await efs.putLifecycleConfiguration({
      FileSystemId: files.id,
      LifecyclePolicies: [
        { TransitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        { TransitionToIA: "AFTER_30_DAYS" },
      ],
    });
    expect(await driftOf(aws, files)).to.deep.equal([]);
  });

  it("manage a mount target", async () => {
    const { aws } = account;
    const [first] = await defaultSubnets(aws);
    const inputs = { fileSystemId: files.id, subnetId: first };
    const made = await make(aws, mountTarget, {
      ...inputs,
      securityGroups: [await securityGroup(aws, "nfs")],
    });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      securityGroups: [await securityGroup(aws, "nfs-only")],
    });
    await expectInStep(aws, changed);
    await (
      await aws.efs()
    ).modifyMountTargetSecurityGroups({
      MountTargetId: made.id,
      SecurityGroups: [await securityGroup(aws, "open")],
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["securityGroups"]);
    await end(aws, changed);
  });

  it("manage an access point", async () => {
    const { aws } = account;
    const inputs = {
      fileSystemId: files.id,
      posixUser: { gid: 33, uid: 33 },
      rootDirectory: {
        creationInfo: { ownerGid: 33, ownerUid: 33, permissions: "0750" },
        path: "/uploads",
      },
    };
    const made = await make(aws, accessPoint, { ...inputs, tags: { Name: "uploads" } });
    await expectInStep(aws, made);
    const changed = await change(aws, made, { ...inputs, tags: { Team: "web" } });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...inputs, posixUser: { gid: 33, uid: 1000 } }).replaced).to.deep.equal([
      "posixUser",
    ]);
    await end(aws, changed);
  });

  it("manage the backup policy", async () => {
    const { aws } = account;
    const made = await make(aws, backupPolicy, {
      backupPolicy: { status: "ENABLED" },
      fileSystemId: files.id,
    });
    await expectInStep(aws, made);
    await (await aws.efs()).putBackupPolicy({ FileSystemId: files.id, BackupPolicy: { Status: "DISABLED" } });
    expect(await driftOf(aws, made)).to.deep.equal(["backupPolicy"]);
    const changed = await change(aws, made, {
      backupPolicy: { status: "DISABLED" },
      fileSystemId: files.id,
    });
    await expectInStep(aws, changed);
    await backupPolicy.delete(aws, changed.id, changed.state);
  });

  it("manage the policy of a file system", async () => {
    const { aws } = account;
    const made = await make(aws, fileSystemPolicy, { fileSystemId: files.id, policy: mounts("Allow") });
    await expectInStep(aws, made);
    const changed = await change(aws, made, { fileSystemId: files.id, policy: mounts("Deny") });
    await expectInStep(aws, changed);
    await end(aws, changed);
  });

  it("delete the file system", async () => {
    await end(account.aws, files);
  });

  it("refuse everything that EFS refuses, all at once", () => {
    const problems = [
      ...problemsOf(fileSystem, { kmsKeyId: "arn", throughputMode: "provisioned" }),
      ...problemsOf(fileSystem, { throughputMode: "fast" }),
      ...problemsOf(backupPolicy, { backupPolicy: { status: "ON" }, fileSystemId: "fs-1" }),
    ];
    expect(problems.map(({ property }) => property)).to.deep.equal([
      "provisionedThroughputInMibps",
      "kmsKeyId",
      "throughputMode",
      "backupPolicy.status",
    ]);
  });
});
