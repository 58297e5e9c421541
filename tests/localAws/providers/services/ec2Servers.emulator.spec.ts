import { expect } from "chai";

import { getAmi, getPrefixList } from "../../../../localAws/providers/aws/ec2/functions";
import { instance } from "../../../../localAws/providers/aws/ec2/instance";
import { launchTemplate } from "../../../../localAws/providers/aws/ec2/launchTemplate";
import { securityGroup } from "../../../../localAws/providers/aws/ec2/securityGroup";
import { subnet } from "../../../../localAws/providers/aws/ec2/subnet";
import { vpc } from "../../../../localAws/providers/aws/ec2/vpc";
import { instanceProfile } from "../../../../localAws/providers/aws/iam/instanceProfile";
import {
  getAvailabilityZones,
  getCallerIdentity,
  getPartition,
  getRegion,
} from "../../../../localAws/providers/aws/index/functions";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, refresh, type Kept } from "./life";

describe("EC2's server types on the emulator", () => {
  const account = emulatedAccount();
  let imageId: string;
  let place: Kept;
  let group: Kept;

  before(async () => {
    const { aws } = account;
    const { Images } = await (await aws.ec2()).describeImages({});
    imageId = Images?.[0]?.ImageId ?? "";
    const network = await make(aws, vpc, { cidrBlock: "10.60.0.0/16" });
    place = await make(aws, subnet, { vpcId: network.id, cidrBlock: "10.60.0.0/24" });
    group = await make(aws, securityGroup, { vpcId: network.id });
  });

  it("manage a launch template, create a version for each change, detect a foreign version", async () => {
    const { aws } = account;
    const inputs = {
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { deleteOnTermination: "true", encrypted: "true", volumeSize: 8, volumeType: "gp3" },
        },
      ],
      creditSpecification: { cpuCredits: "standard" },
      description: "first",
      ebsOptimized: "true",
      instanceMarketOptions: { marketType: "spot" },
      iamInstanceProfile: { name: "servers" },
      imageId,
      instanceInitiatedShutdownBehavior: "terminate",
      instanceType: "t3.micro",
      metadataOptions: { httpEndpoint: "enabled", httpPutResponseHopLimit: 1, httpTokens: "required" },
      monitoring: { enabled: true },
      networkInterfaces: [
        { associatePublicIpAddress: "false", deviceIndex: 0, securityGroups: [group.id, "sg-2"] },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags: { Name: "web" } },
        { resourceType: "volume", tags: { Name: "web" } },
      ],
      tags: { Name: "template" },
      updateDefaultVersion: true,
      userData: Buffer.from("#!/bin/sh\n").toString("base64"),
    };
    let kept = await make(aws, launchTemplate, inputs);
    await expectInStep(aws, kept);
    expect(kept.state).to.include({ latestVersion: 1, defaultVersion: 1 });

    kept = await change(aws, kept, { ...inputs, tags: { Name: "renamed" } });
    await expectInStep(aws, kept);
    expect(kept.state["latestVersion"]).to.equal(1);

    const larger = { ...inputs, instanceType: "t3.small", tags: {} };
    kept = await change(aws, kept, larger);
    await expectInStep(aws, kept);
    expect(kept.state).to.include({ latestVersion: 2, defaultVersion: 2 });
    expect(launchTemplate.renewedBy?.(new Set(["tags"]))).to.deep.equal([]);
    expect(launchTemplate.renewedBy?.(new Set(["imageId"]))).to.include("latestVersion");

    const ec2 = await aws.ec2();
    await ec2.createLaunchTemplateVersion({
      LaunchTemplateId: kept.id,
      LaunchTemplateData: { InstanceType: "t3.large", ImageId: imageId },
    });
    const drift = await driftOf(aws, kept);
    expect(drift).to.include.members(["instanceType", "monitoring", "userData"]);
    expect(drift).not.to.include("imageId");
    expect(preview(kept, { ...larger, name: "other" }).replaced).to.deep.equal(["name"]);
    await end(aws, kept);
  });

  it("refuse what AWS refuses in a launch template", async () => {
    expect(
      problemsOf(launchTemplate, {
        metadataOptions: { httpTokenz: "required" },
        tagSpecifications: [{ tags: {} }],
      }).map(({ property }) => property),
    ).to.deep.equal(["metadataOptions.httpTokenz", "tagSpecifications[0].resourceType"]);
    expect(
      problemsOf(launchTemplate, { networkInterfaces: [{}], vpcSecurityGroupIds: ["sg-1"] }),
    ).to.have.length(1);
    await refused(
      make(account.aws, launchTemplate, { instanceType: "t3.huge" }),
      'instanceType: "t3.huge" is not one of AWS',
    );
  });

  it("manage a server, change it while running and stopped, replace it for another image", async () => {
    const { aws } = account;
    const profile = await make(aws, instanceProfile, { name: "builder" });
    const inputs = {
      ami: imageId,
      associatePublicIpAddress: false,
      iamInstanceProfile: "builder",
      instanceInitiatedShutdownBehavior: "stop",
      instanceType: "t3.micro",
      metadataOptions: { httpTokens: "required" },
      monitoring: false,
      rootBlockDevice: { volumeSize: 9, volumeType: "gp3" },
      subnetId: place.id,
      tags: { Name: "builder" },
      userData: "#!/bin/sh\n",
      vpcSecurityGroupIds: [group.id],
    };
    let kept = await make(aws, instance, inputs);
    await expectInStep(aws, kept);
    expect(kept.state).to.include({ instanceState: "running", subnetId: place.id });

    const later = { ...inputs, instanceType: "t3.small", tags: { Name: "b" }, userData: "#!/bin/sh\ntrue\n" };
    kept = await change(aws, kept, later);
    await expectInStep(aws, kept);
    expect(kept.state).to.include({ instanceState: "running", instanceType: "t3.small" });
    expect(preview(kept, { ...later, ami: "ami-1" }).replaced).to.deep.equal(["ami"]);
    expect(preview(kept, { ...later, userData: "other" }).replaced).to.deep.equal([]);
    expect(
      preview(kept, { ...later, userData: "other", userDataReplaceOnChange: true }).replaced,
    ).to.deep.equal(["userData"]);

    const ec2 = await aws.ec2();
    await ec2.createTags({ Resources: [kept.id], Tags: [{ Key: "Owner", Value: "someone" }] });
    expect(await driftOf(aws, kept)).to.deep.equal(["tags"]);
    await ec2.terminateInstances({ InstanceIds: [kept.id] });
    expect(await refresh(aws, kept)).to.equal(undefined);
    await end(aws, kept);
    await end(aws, profile);
  });

  it("return the provider's region and account", async () => {
    const { aws } = account;
    expect(await getRegion.invoke(aws, {})).to.include({ region: "us-east-1" });
    expect(await getCallerIdentity.invoke(aws, {})).to.include({ accountId: aws.accountId });
    expect(await getPartition.invoke(aws, {})).to.include({ partition: "aws" });
    const { names } = await getAvailabilityZones.invoke(aws, { state: "available" });
    expect(names).to.include.ordered.members(["us-east-1a", "us-east-1b"]);
  });

  it("find an image, and refuse several matches", async () => {
    const { aws } = account;
    const found = await getAmi.invoke(aws, { filters: [{ name: "image-id", values: [imageId] }] });
    expect(found).to.include({ id: imageId, imageId });
    expect(found["rootDeviceName"]).to.match(/^\/dev\//);
    const server = await make(aws, instance, { ami: imageId, instanceType: "t3.micro", subnetId: place.id });
    const ec2 = await aws.ec2();
    const { ImageId } = await ec2.createImage({ InstanceId: server.id, Name: "own" });
    await refused(getAmi.invoke(aws, {}), "more than one result (4)");
    await refused(getAmi.invoke(aws, { nameRegex: "^no such image$" }), "no results");
    expect(await getAmi.invoke(aws, { mostRecent: true })).to.include({ id: ImageId, name: "own" });
    expect(await getAmi.invoke(aws, { owners: ["self"] })).to.include({ id: ImageId });
    await end(aws, server);
  });

  it("find S3's prefix list", async () => {
    const found = await getPrefixList.invoke(account.aws, { name: "com.amazonaws.us-east-1.s3" });
    expect(found["id"]).to.match(/^pl-/);
    await refused(
      getPrefixList.invoke(account.aws, { name: "com.amazonaws.us-east-1.none" }),
      "no prefix list",
    );
  });
});

async function refused(call: Promise<unknown>, message: string): Promise<void> {
  expect(await rejectionOf(call)).to.include(message);
}
