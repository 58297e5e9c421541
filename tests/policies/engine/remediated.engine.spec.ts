import { LaunchTemplate, Subnet, Vpc } from "@pulumi/aws/ec2";
import { FileSystem } from "@pulumi/aws/efs";
import { Topic } from "@pulumi/aws/sns";
import { expect } from "chai";

import { awsClients, type AwsClients } from "../../../localAws/providers/aws/clients";
import { guardrails } from "../../../policies/guardrails/pack";
import { openEngine, type Engine } from "./engine";
import { makeDatabase, server, tags } from "./parts";

/** Violates every rule that has a remediation. */
function program(): void {
  const vpc = new Vpc("site", { cidrBlock: "10.0.0.0/16", tags });
  new Subnet("public", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true, tags });
  new LaunchTemplate("server", {
    ...server,
    metadataOptions: { httpTokens: "optional", httpEndpoint: "enabled" },
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8, encrypted: "false" } }],
  });
  makeDatabase({ storageEncrypted: false });
  new FileSystem("uploads", { encrypted: false, tags });
  new Topic("alarms", { tags: { Project: "a blog", Owner: "kim" } });
}

const remediating = guardrails.rules.filter((rule) => "remediateResource" in rule).map(({ name }) => name);

/** With the real engine: a rule at the level `remediate` fixes the properties that it would refuse. */
describe("a program that violates rules with the level remediate", () => {
  let engine: Engine;
  let aws: AwsClients;

  before(async () => {
    engine = await openEngine({
      guardrails: {
        ...Object.fromEntries(remediating.map((name) => [name, { enforcementLevel: "remediate" }])),
        // This program has a database without a network.
        "database-in-private-subnets": { enforcementLevel: "disabled" },
      },
    });
    const { refusal, target } = await engine.attempt({
      ...{ name: "remediated", pack: "guardrails", program, withoutPreview: false },
    });
    expect(refusal).to.equal(undefined);
    aws = awsClients(target);
  });
  after(async () => {
    await engine.close();
  });

  it("creates a launch template with IMDSv2 only, and with its other settings", async () => {
    const { LaunchTemplateData } = await template();
    expect(LaunchTemplateData?.MetadataOptions).to.include({
      HttpTokens: "required",
      HttpEndpoint: "enabled",
    });
    expect(LaunchTemplateData).to.include({ ImageId: server.imageId, InstanceType: server.instanceType });
  });

  it("encrypts the launch template's volumes", async () => {
    const { LaunchTemplateData } = await template();
    const volumes = LaunchTemplateData?.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => [
      ...[DeviceName, Ebs?.VolumeSize, Ebs?.Encrypted],
    ]);
    expect(volumes).to.deep.equal([["/dev/xvda", 8, true]]);
  });

  it("encrypts the database and the file system", async () => {
    const { DBInstances } = await (await aws.rds()).describeDBInstances({});
    expect(DBInstances?.map(({ StorageEncrypted }) => StorageEncrypted)).to.deep.equal([true]);
    const { FileSystems } = await (await aws.efs()).describeFileSystems({});
    expect(FileSystems?.map(({ Encrypted }) => Encrypted)).to.deep.equal([true]);
  });

  it("creates subnets that assign no public addresses", async () => {
    const { Subnets } = await (
      await aws.ec2()
    ).describeSubnets({ Filters: [{ Name: "cidr-block", Values: ["10.0.0.0/24"] }] });
    expect(Subnets?.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).to.deep.equal([false]);
  });

  it("adds the missing tags and keeps the others", async () => {
    const sns = await aws.sns();
    const { Topics = [] } = await sns.listTopics({});
    const { Tags } = await sns.listTagsForResource({ ResourceArn: Topics[0]?.TopicArn });
    expect(Object.fromEntries((Tags ?? []).map(({ Key = "", Value }) => [Key, Value]))).to.deep.equal({
      Project: "a blog",
      Owner: "kim",
      Stack: "remediated",
      ManagedBy: "pulumi",
    });
  });

  it("covers every rule with a remediation", () => {
    expect(remediating).to.have.members([
      ...["imdsv2", "encrypted-volumes", "encrypted-database", "encrypted-file-system"],
      ...["no-public-subnet-default", "required-tags"],
    ]);
  });

  async function template() {
    const { LaunchTemplateVersions = [] } = await (
      await aws.ec2()
    ).describeLaunchTemplateVersions({ Versions: ["$Latest"] });
    const [version] = LaunchTemplateVersions;
    if (version === undefined) throw new Error("there is no launch template");
    return version;
  }
});
