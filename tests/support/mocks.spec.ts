import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { all, only, runUnderMocks } from "./mocks";
import { rejectionOf } from "./rejection";

const failing = () =>
  pulumi.output("value").apply((): string => {
    throw new Error("refused in apply");
  });

describe("runUnderMocks", () => {
  it("records registrations with their inputs, and resolves the program's outputs", async () => {
    const run = await runUnderMocks(() => {
      const topic = new aws.sns.Topic("news", { displayName: "News" });
      return { arn: topic.arn, kept: pulumi.interpolate`<${topic.name}>` };
    });
    expect(only(run, "aws:sns/topic:Topic").inputs).to.deep.equal({ displayName: "News" });
    expect(run.outputs).to.deep.equal({ arn: "arn:aws:sns:us-east-1:123456789012:news", kept: "<news>" });
  });

  it("waits for resources that depend on Outputs of others", async () => {
    const run = await runUnderMocks(() => {
      const first = new aws.sns.Topic("first");
      const second = new aws.sns.Topic("second", { displayName: first.name });
      new aws.sns.Topic("third", { displayName: second.displayName });
    });
    expect(only(run, "aws:sns/topic:Topic", "third").inputs["displayName"]).to.equal("first");
  });

  it("makes every output of awsx depend on every subnet, as the official provider does", async () => {
    const run = await runUnderMocks(() => {
      const { privateSubnetIds, vpcId } = new awsx.ec2.Vpc("net", { numberOfAvailabilityZones: 2 });
      new aws.rds.SubnetGroup("database", { subnetIds: privateSubnetIds });
      new aws.ec2.SecurityGroup("database", { vpcId });
    });
    const { subnetIds = [] } = run.dependencies.get("aws:rds/subnetGroup:SubnetGroup database") ?? {};
    const { vpcId = [] } = run.dependencies.get("aws:ec2/securityGroup:SecurityGroup database") ?? {};
    for (const urns of [subnetIds, vpcId]) {
      expect(urns.map((urn) => urn.split("::").at(-1))).to.include.members([
        ...["net-public-1", "net-public-2", "net-private-1", "net-private-2"],
      ]);
    }
  });

  it("passes stack and settings to one program, and not to the next", async () => {
    const read = () => ({ stack: pulumi.getStack(), size: new pulumi.Config("site").get("size") });
    const first = await runUnderMocks(read, { stack: "prod", config: { "site:size": "3" } });
    expect(first.outputs).to.deep.equal({ stack: "prod", size: "3" });
    expect((await runUnderMocks(read)).outputs).to.deep.equal({ stack: "test", size: undefined });
  });

  it("refuses an unknown type, and names it", async () => {
    const program = () => new aws.s3.Bucket("bucket").bucket;
    expect(await rejectionOf(runUnderMocks(program))).to.include("aws:s3/bucket:Bucket");
  });

  it("refuses an unknown function, and names it", async () => {
    const program = () => aws.getBillingServiceAccountOutput().arn;
    expect(await rejectionOf(runUnderMocks(program))).to.include("getBillingServiceAccount");
  });

  it("fails with the error of an apply, in a resource's inputs and in the outputs", async () => {
    const registering = () => {
      new aws.sns.Topic("news", { displayName: failing() });
    };
    expect(await rejectionOf(runUnderMocks(registering))).to.include("refused in apply");
    expect(await rejectionOf(runUnderMocks(failing))).to.include("refused in apply");
  });

  it("finds no resource of a type that was not registered", async () => {
    const run = await runUnderMocks(() => new aws.sns.Topic("news").arn);
    expect(all(run, "aws:sqs/queue:Queue")).to.deep.equal([]);
    expect(() => only(run, "aws:sqs/queue:Queue")).to.throw("0 of aws:sqs/queue:Queue");
  });
});
