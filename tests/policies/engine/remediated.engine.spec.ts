import { LaunchTemplate, Subnet, Vpc } from "@pulumi/aws/ec2";
import { FileSystem } from "@pulumi/aws/efs";
import { Topic } from "@pulumi/aws/sns";
import { expect } from "chai";

import { awsClients, type AwsClients } from "../../../localAws/providers/aws/clients";
import { guardrails } from "../../../policies/guardrails/pack";
import { openEngine, type Engine } from "./engine";
import { makeDatabase, server, tags } from "./parts";

/** Breaks every rule that can mend what it finds. */
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

const mending = guardrails.rules.filter((rule) => "remediateResource" in rule).map(({ name }) => name);

/** Through the real engine: at the level `remediate` a rule puts right what it would refuse. */
describe("a program that breaks rules which may mend it", function () {
  this.timeout(120_000);

  let engine: Engine;
  let aws: AwsClients;

  before(async () => {
    engine = await openEngine({
      guardrails: {
        ...Object.fromEntries(mending.map((name) => [name, { enforcementLevel: "remediate" }])),
        // It is not about what this program has: a database alone.
        "database-in-private-subnets": { enforcementLevel: "disabled" },
      },
    });
    const { refusal, target } = await engine.attempt({
      ...{ name: "mended", pack: "guardrails", program, withoutPreview: false },
    });
    expect(refusal).to.equal(undefined);
    aws = awsClients(target);
  });
  after(async () => {
    await engine.close();
  });

  it("is brought up with its servers' metadata closed to anything but IMDSv2, and nothing else changed", async () => {
    const { LaunchTemplateData } = await template();
    expect(LaunchTemplateData?.MetadataOptions).to.include({
      HttpTokens: "required",
      HttpEndpoint: "enabled",
    });
    expect(LaunchTemplateData).to.include({ ImageId: server.imageId, InstanceType: server.instanceType });
  });

  it("is brought up with its volumes encrypted", async () => {
    const { LaunchTemplateData } = await template();
    const volumes = LaunchTemplateData?.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => [
      ...[DeviceName, Ebs?.VolumeSize, Ebs?.Encrypted],
    ]);
    expect(volumes).to.deep.equal([["/dev/xvda", 8, true]]);
  });

  it("is brought up with its database and its file system encrypted", async () => {
    const { DBInstances } = await (await aws.rds()).describeDBInstances({});
    expect(DBInstances?.map(({ StorageEncrypted }) => StorageEncrypted)).to.deep.equal([true]);
    const { FileSystems } = await (await aws.efs()).describeFileSystems({});
    expect(FileSystems?.map(({ Encrypted }) => Encrypted)).to.deep.equal([true]);
  });

  it("is brought up with no subnet that hands out public addresses", async () => {
    const { Subnets } = await (
      await aws.ec2()
    ).describeSubnets({ Filters: [{ Name: "cidr-block", Values: ["10.0.0.0/24"] }] });
    expect(Subnets?.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).to.deep.equal([false]);
  });

  it("is brought up with the tags that were missing, beside those that were there", async () => {
    const sns = await aws.sns();
    const { Topics = [] } = await sns.listTopics({});
    const { Tags } = await sns.listTagsForResource({ ResourceArn: Topics[0]?.TopicArn });
    expect(Object.fromEntries((Tags ?? []).map(({ Key = "", Value }) => [Key, Value]))).to.deep.equal({
      Project: "a blog",
      Owner: "kim",
      Stack: "mended",
      ManagedBy: "pulumi",
    });
  });

  it("is about every rule that can mend", () => {
    expect(mending).to.have.members([
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
