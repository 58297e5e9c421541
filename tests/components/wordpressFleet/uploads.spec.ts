import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { all, only } from "../../support/mocks";
import { problemsOf } from "../../support/problems";
import { rejectionOf } from "../../support/rejection";
import { userDataText } from "../../support/userData";
import { fleetOf, optionsOf, place, runFleet } from "./fleet";

const alone = { uploads: "local", capacity: { min: 1, desired: 1, max: 1 } } as const;
const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
const mountTarget = "aws:efs/mountTarget:MountTarget";

describe("WordPressFleet's shared uploads", () => {
  it("are encrypted, with elastic throughput and a lifecycle to cheaper storage", async () => {
    expect(only(await runFleet(), "aws:efs/fileSystem:FileSystem").inputs).to.deep.include({
      encrypted: true,
      throughputMode: "elastic",
      lifecyclePolicies: [
        { transitionToIa: "AFTER_30_DAYS" },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
    });
  });

  it("have a mount target in each zone, behind a security group of their own", async () => {
    expect(all(await runFleet(), mountTarget).map(({ inputs }) => inputs)).to.deep.equal([
      { fileSystemId: "site-uploads-id", subnetId: "subnet-private-a", securityGroups: ["sg-uploads"] },
      { fileSystemId: "site-uploads-id", subnetId: "subnet-private-b", securityGroups: ["sg-uploads"] },
    ]);
  });

  it("deny access without TLS, and allow servers to mount and write", async () => {
    const { inputs } = only(await runFleet(), "aws:efs/fileSystemPolicy:FileSystemPolicy");
    const policy: unknown = JSON.parse(String(inputs["policy"]));
    expect(policy).to.have.nested.property("Statement[0].Effect", "Allow");
    expect(policy)
      .to.have.nested.property("Statement[0].Action")
      .that.has.members([
        "elasticfilesystem:ClientMount",
        "elasticfilesystem:ClientWrite",
        "elasticfilesystem:ClientRootAccess",
      ]);
    expect(policy).to.have.deep.nested.property("Statement[0].Condition", {
      Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
    });
    expect(policy).to.have.nested.property("Statement[1].Effect", "Deny");
    expect(policy).to.have.deep.nested.property("Statement[1].Condition", {
      Bool: { "aws:SecureTransport": "false" },
    });
  });

  it("are in the servers' user data by their DNS name", async () => {
    const run = await runFleet();
    const text = userDataText(String(only(run, launchTemplate).inputs["userData"]));
    expect(text).to.include("UPLOADS=site-uploads.efs.us-east-1.amazonaws.com\\n");
  });

  it("can be reached before the first server boots", async () => {
    const { dependsOn } = await optionsOf("aws:autoscaling/group:Group");
    const needs = Array.isArray(dependsOn) ? dependsOn : expect.fail("not a list");
    expect(needs.filter((need) => aws.efs.MountTarget.isInstance(need))).to.have.length(2);
    expect(needs.filter((need) => aws.efs.FileSystemPolicy.isInstance(need))).to.have.length(1);
  });

  it("are backed up when the settings ask for it", async () => {
    const backupPolicy = "aws:efs/backupPolicy:BackupPolicy";
    expect(all(await runFleet(), backupPolicy)).to.deep.equal([]);
    expect(only(await runFleet({ uploadsBackups: true }), backupPolicy).inputs).to.deep.equal({
      fileSystemId: "site-uploads-id",
      backupPolicy: { status: "ENABLED" },
    });
  });

  it("are refused without subnets, before anything is registered", async () => {
    expect(await problemsOf(() => fleetOf({ uploadsPlace: undefined }))).to.deep.equal([
      "uploadsPlace: undefined",
    ]);
  });

  for (const subnetIds of [["subnet-a"], ["subnet-a", "subnet-a"], ["subnet-a", "subnet-b", "subnet-c"]]) {
    it(`refuse the subnets ${subnetIds.join(", ")}: a zone would have no mount target`, async () => {
      const uploadsPlace = { ...place.uploadsPlace, subnetIds: pulumi.output(subnetIds) };
      expect(await rejectionOf(runFleet({ uploadsPlace }))).to.include("uploadsPlace.subnetIds");
    });
  }
});

describe("WordPressFleet's protection of data", () => {
  for (const type of ["aws:efs/fileSystem:FileSystem", "aws:secretsmanager/secret:Secret"]) {
    it(`keeps Pulumi from deleting or replacing ${type}, when the settings ask for it`, async () => {
      for (const dataDeletionProtection of [true, false]) {
        expect((await optionsOf(type, { dataDeletionProtection })).protect).to.equal(dataDeletionProtection);
      }
    });
  }
});

describe("WordPressFleet's local uploads", () => {
  it("are on the only server's disk, with no file system", async () => {
    const run = await runFleet({ ...alone, uploadsPlace: undefined });
    expect(run.resources.filter(({ type }) => type.startsWith("aws:efs/"))).to.deep.equal([]);
    const text = userDataText(String(only(run, launchTemplate).inputs["userData"]));
    expect(text).to.include("UPLOADS=local\\n");
  });
});
