import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCases } from "./case";
import { makeGroup, makeNetwork, makeSite, makeTemplate } from "./parts";

const makeFileSystem = (name: string, changed: Partial<aws.efs.FileSystemArgs> = {}) =>
  new aws.efs.FileSystem(name, { encrypted: true, ...changed });

const makeTarget = (name: string, fileSystemId: Input<string>, subnetId: Input<string>) =>
  new aws.efs.MountTarget(name, { fileSystemId, subnetId });

const backUp = (name: string, fileSystemId: Input<string>, status = "ENABLED") =>
  new aws.efs.BackupPolicy(name, { fileSystemId, backupPolicy: { status } });

/** A fleet that does not mount the file system. */
function makeOtherFleet(name: string, subnets: readonly aws.ec2.Subnet[]) {
  const servers = new aws.ec2.SecurityGroup(`${name}-other`, { vpcId: "vpc-1" });
  makeGroup(
    `${name}-other`,
    makeTemplate(`${name}-other`, servers.id),
    subnets.map(({ id }) => id),
  );
}

export const fileSystems: PolicyCases = {
  "efs-unencrypted": bad("encrypted-file-system", (n) => new aws.efs.FileSystem(n, {})),
  "efs-one-target": bad("file-system-in-each-zone", (n) => {
    const { network } = makeSite(n);
    makeTarget(n, makeFileSystem(n).id, network.c.id);
  }),
  "efs-no-target": bad("file-system-in-each-zone", (n) => {
    makeSite(n);
    makeFileSystem(n);
  }),
  "efs-target-of-another": bad("file-system-in-each-zone", (n) => {
    const { network } = makeSite(n);
    const { id } = makeFileSystem(n);
    makeTarget(`${n}-c`, id, network.c.id);
    makeTarget(`${n}-d`, makeFileSystem(`${n}-other`).id, network.d.id);
  }),
  "efs-target-apply-first": bad("file-system-in-each-zone", (n) => {
    const { network } = makeSite(n);
    const first = makeFileSystem(n);
    const both = pulumi.all([first.id, makeFileSystem(`${n}-other`).id]);
    makeTarget(`${n}-c`, first.id, network.c.id);
    makeTarget(
      `${n}-d`,
      both.apply(([, other]) => other),
      network.d.id,
    );
  }),
  "efs-onezone-two-zones": bad("file-system-in-each-zone", (n) => {
    const { network } = makeSite(n);
    makeTarget(n, makeFileSystem(n, { availabilityZoneName: "us-east-1a" }).id, network.c.id);
  }),
  "efs-onezone": good((n) => {
    const network = makeNetwork(n);
    makeTarget(n, makeFileSystem(n, { availabilityZoneName: "us-east-1a" }).id, network.c.id);
  }, "file-system-backups"),
  "fp-efs-second-network": good((n) => {
    const { network } = makeSite(n);
    const { id } = makeFileSystem(n);
    makeTarget(`${n}-c`, id, network.c.id);
    makeTarget(`${n}-d`, id, network.d.id);
    const other = makeNetwork(`${n}-other`);
    const subnets = ["us-east-1c", "us-east-1d"].map((zone) => other.makeSubnet(zone, zone));
    makeOtherFleet(n, subnets);
  }),
  "fp-efs-second-fleet": good((n) => {
    const fileSystem = makeFileSystem(n);
    const { network } = makeSite(n, {
      template: () => ({ userData: pulumi.interpolate`mount ${fileSystem.id}` }),
    });
    makeTarget(`${n}-c`, fileSystem.id, network.c.id);
    makeTarget(`${n}-d`, fileSystem.id, network.d.id);
    const subnets = ["us-east-1c", "us-east-1d"].map((zone) => network.makeSubnet(zone, zone));
    makeOtherFleet(n, subnets);
  }),

  "efs-no-backup": bad("file-system-backups", (n) => makeFileSystem(n)),
  "efs-backup-disabled": bad("file-system-backups", (n) => backUp(n, makeFileSystem(n).id, "DISABLED")),
  "efs-backup-of-another": bad("file-system-backups", (n) => {
    makeFileSystem(n);
    backUp(n, makeFileSystem(`${n}-other`).id);
  }),
  "efs-backup-apply-other": bad("file-system-backups", (n) => {
    const both = pulumi.all([makeFileSystem(n).id, makeFileSystem(`${n}-other`).id]);
    backUp(
      n,
      both.apply(([, other]) => other),
    );
  }),
  "efs-onezone-backup-disabled": bad("file-system-backups", (n) =>
    backUp(n, makeFileSystem(n, { availabilityZoneName: "us-east-1a" }).id, "DISABLED"),
  ),
  "fp-efs-backup-policy": good((n) => backUp(n, makeFileSystem(n).id), "file-system-backups"),
  "fp-efs-backup-plan": good((n) => {
    const { arn } = makeFileSystem(n);
    new aws.backup.Selection(n, { iamRoleArn: "r", planId: "p", name: "daily", resources: [arn] });
  }, "file-system-backups"),
  "efs-backup-plan-of-another": bad("file-system-backups", (n) => {
    makeFileSystem(n);
    const { arn } = makeFileSystem(`${n}-other`);
    new aws.backup.Selection(n, { iamRoleArn: "r", planId: "p", name: "daily", resources: [arn] });
  }),
};
