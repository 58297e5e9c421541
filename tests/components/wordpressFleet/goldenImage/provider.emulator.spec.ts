import { expect } from "chai";

import { renderBuilderUserData } from "../../../../components/wordpressFleet/builderUserData";
import { launchBuilder } from "../../../../components/wordpressFleet/goldenImage/builder";
import { useEmulator } from "../../../support/emulator";
import { eventually } from "../../../support/eventually";
import { rejectionOf } from "../../../support/rejection";
import {
  debian,
  imagesOf,
  leftIn,
  machinesOf,
  olderDebian,
  openBakingSite,
  snapshotsOf,
  urn,
  type BakingSite,
} from "./site";

describe("the golden image's provider", () => {
  const emulator = useEmulator();

  const newSite = (userData?: () => string) => {
    return openBakingSite(emulator.clientConfig(emulator.newAccountId()), userData);
  };

  const name = "wordpress/dev/site-image/0123456789ab-64000001";
  const nothing = { machines: 0, images: 0, snapshots: 0 };
  const once = { machines: 0, images: 1, snapshots: 1 };

  /** The builder of a bake in progress. */
  const builderOf = (site: BakingSite) =>
    eventually("a builder", async () => (await machinesOf(site))[0]?.InstanceId);

  async function launch({ ec2 }: BakingSite, ImageId: string) {
    const { Instances = [] } = await ec2.runInstances({
      ImageId,
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
    });
    return Instances.flatMap(({ InstanceId }) => InstanceId ?? []);
  }

  it("bakes: an image of its name with the stack's tags, and no builder is left", async () => {
    const site = await newSite();
    const { id, outs } = await site.provider.create(urn, site.inputs);
    expect(outs).to.deep.equal({ ...site.inputs, name });
    const [image] = await imagesOf(site);
    expect(image).to.include({ ImageId: id, Name: name, State: "available" });
    expect(image?.BlockDeviceMappings?.[0]?.Ebs).to.include({ Encrypted: true });
    for (const { Tags = [] } of [...(await imagesOf(site)), ...(await snapshotsOf(site))]) {
      expect(Tags).to.deep.include({ Key: "Stack", Value: "dev" });
      expect(Tags).to.deep.include({ Key: "Name", Value: "site-image" });
    }
    expect(await leftIn(site)).to.deep.equal(once);
    expect(site.messages.join("\n"))
      .to.match(/building on i-\w+ from ami-/)
      .and.include(`baked ${id}`);
    expect(site.messages).to.include("building: packages: installing nginx php8.4-fpm wordpress");
  });

  it("restricts the builder: no key, no role, IMDSv2, encrypted disk, tagged", async () => {
    const site = await newSite();
    const baking = site.provider.create(urn, site.inputs);
    await builderOf(site);
    const [builder] = await machinesOf(site);
    expect(builder).to.include({ ImageId: debian, InstanceType: "t3.micro", SubnetId: site.inputs.subnetId });
    expect(builder).not.to.have.any.keys("KeyName", "IamInstanceProfile");
    expect(builder?.MetadataOptions).to.include({ HttpTokens: "required", HttpPutResponseHopLimit: 1 });
    expect(builder?.SecurityGroups?.map(({ GroupId }) => GroupId)).to.deep.equal([
      site.inputs.securityGroupId,
    ]);
    expect(builder?.Tags).to.deep.include({ Key: "Stack", Value: "dev" });
    const { Volumes = [] } = await site.ec2.describeVolumes({});
    expect(Volumes.map(({ Encrypted }) => Encrypted)).to.deep.equal([true]);
    await baking;
  });

  it("does not bake an image that exists already", async () => {
    const site = await newSite();
    const first = await site.provider.create(urn, site.inputs);
    const [before] = await imagesOf(site);
    const second = await site.provider.create(urn, site.inputs);
    expect(second.id).to.equal(first.id);
    expect((await imagesOf(site))[0]?.CreationDate).to.deep.equal(before?.CreationDate);
    expect(await leftIn(site)).to.deep.equal(once);
  });

  it("refuses an image of its name from another owner", async () => {
    const site = await newSite();
    const [InstanceId] = await launch(site, debian);
    await site.ec2.createImage({ InstanceId, Name: name });
    const message = await rejectionOf(site.provider.create(urn, site.inputs));
    expect(message).to.include("that this stack did not bake").and.include("golden-image:family");
  });

  it("resumes with the builder of an interrupted run, and starts no second one", async () => {
    const site = await newSite();
    const order = { ...site.inputs, family: "wordpress/dev/site-image", name };
    const builderId = await launchBuilder(site.ec2, { ...order, userData: renderBuilderUserData() });
    await site.provider.create(urn, site.inputs);
    expect(site.messages).to.include(`resuming with the builder ${builderId} that an earlier run started`);
    expect(site.messages.join("\n")).not.to.include("building on");
    expect(await leftIn(site)).to.deep.equal(once);
  });

  it("removes the unfinished resources of an interrupted run for other content", async () => {
    const site = await newSite();
    const order = {
      ...site.inputs,
      family: "wordpress/dev/site-image",
      name: "wordpress/dev/site-image/other",
    };
    await launchBuilder(site.ec2, { ...order, userData: renderBuilderUserData() });
    await site.provider.create(urn, site.inputs);
    expect(await leftIn(site)).to.deep.equal(once);
  });

  it("ends early with the reason when the build fails, and leaves no resources", async () => {
    const site = await newSite();
    const message = await rejectionOf(site.provider.create(urn, { ...site.inputs, publicAddress: false }));
    expect(message)
      .to.match(/^The builder i-\w+ failed: packages: no package list/)
      .and.include("The last lines of its console:")
      .and.include("The builder and the unfinished image were removed.");
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("fails when the builder was stopped by another user", async () => {
    const site = await newSite();
    const baking = rejectionOf(site.provider.create(urn, site.inputs));
    await site.ec2.stopInstances({ InstanceIds: [await builderOf(site)] });
    expect(await baking)
      .to.include("stopped from outside")
      .and.include("Client.UserInitiatedShutdown");
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("fails when the builder does not finish within the time limit", async () => {
    const site = await newSite(() => Buffer.from("#cloud-config\n{}").toString("base64"));
    const inputs = { ...site.inputs, timeoutMinutes: 0.005 };
    expect(await rejectionOf(site.provider.create(urn, inputs))).to.include(
      "did not finish within 0.005 minutes",
    );
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("cleans up when the user stops the run", async () => {
    const site = await newSite();
    const baking = rejectionOf(site.provider.create(urn, site.inputs));
    await builderOf(site);
    await site.provider.cancel();
    expect(await baking).to.include("The update was stopped.");
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("keeps a superseded image while it is used, and deletes it in a later run", async () => {
    const site = await newSite();
    const old = await site.provider.create(urn, site.inputs);
    const servers = await launch(site, old.id);
    const changed = { ...site.inputs, contentHash: "ba9876543210" };
    const fresh = await site.provider.create(urn, changed);
    await site.provider.delete(old.id, urn, old.outs);
    expect((await imagesOf(site)).map(({ ImageId }) => ImageId)).to.have.members([old.id, fresh.id]);
    expect(site.messages.at(-1)).to.match(new RegExp(`^${old.id} is kept while i-\\w+ uses it`));

    await site.ec2.terminateInstances({ InstanceIds: servers });
    await site.provider.delete(fresh.id, urn, fresh.outs);
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("treats an image in a launch template's default or newest version as used", async () => {
    const site = await newSite();
    const { id, outs } = await site.provider.create(urn, site.inputs);
    await site.ec2.createLaunchTemplate({ LaunchTemplateName: "web", LaunchTemplateData: { ImageId: id } });
    await site.provider.delete(id, urn, outs);
    expect(await imagesOf(site)).to.have.length(1);
    await site.ec2.createLaunchTemplateVersion({
      LaunchTemplateName: "web",
      LaunchTemplateData: { ImageId: debian },
    });
    await site.provider.delete(id, urn, outs);
    expect(await imagesOf(site), "the default version").to.have.length(1);
    await site.ec2.modifyLaunchTemplate({ LaunchTemplateName: "web", DefaultVersion: "2" });
    await site.provider.delete(id, urn, outs);
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("returns to an old image without a bake while it still exists", async () => {
    const site = await newSite();
    const old = await site.provider.create(urn, site.inputs);
    await launch(site, old.id);
    await site.provider.create(urn, { ...site.inputs, contentHash: "ba9876543210" });
    await site.provider.delete(old.id, urn, old.outs);
    const back = await site.provider.create(urn, site.inputs);
    expect(back.id).to.equal(old.id);
    const [image] = (await imagesOf(site)).filter(({ ImageId }) => ImageId === old.id);
    expect(image?.Tags?.map(({ Key }) => Key)).not.to.include("golden-image:superseded");
  });

  it("bakes from another base under another name", async () => {
    const site = await newSite();
    const { outs } = await site.provider.create(urn, { ...site.inputs, baseImageId: olderDebian });
    expect(outs["name"]).to.equal("wordpress/dev/site-image/0123456789ab-63900001");
  });

  it("detects that its image was deleted, and that its tags were changed", async () => {
    const site = await newSite();
    const { id, outs } = await site.provider.create(urn, site.inputs);
    expect(await site.provider.read(id, urn, outs)).to.deep.equal({ id, props: outs, inputs: site.inputs });

    await site.ec2.createTags({ Resources: [id], Tags: [{ Key: "Stack", Value: "other" }] });
    const drifted = await site.provider.read(id, urn, outs);
    expect(drifted.inputs?.["tags"]).to.deep.equal({ Stack: "other", Name: "site-image" });

    await site.ec2.deregisterImage({ ImageId: id });
    expect(await site.provider.read(id, urn, outs)).to.deep.equal({});
    await site.provider.delete(id, urn, outs);
    expect(await snapshotsOf(site)).to.have.length(0);
  });

  it("accepts a state of an older version with more properties", async () => {
    const site = await newSite();
    const { id, outs } = await site.provider.create(urn, site.inputs);
    await site.provider.delete(id, urn, { ...outs, userData: "I2Nsb3VkLWNvbmZpZwo=" });
    expect(await leftIn(site)).to.deep.equal(nothing);
  });

  it("changes tags in place, of the image and its snapshot", async () => {
    const site = await newSite();
    const { id, outs } = await site.provider.create(urn, site.inputs);
    const tags = { Name: "site-image", Team: "blue" };
    const updated = await site.provider.update(id, urn, outs, { ...site.inputs, tags });
    expect(updated.outs).to.deep.equal({ ...outs, tags });
    for (const { Tags = [] } of [...(await imagesOf(site)), ...(await snapshotsOf(site))]) {
      const own = Tags.filter(({ Key = "" }) => !Key.startsWith("golden-image:"));
      expect(Object.fromEntries(own.map(({ Key, Value }) => [Key, Value]))).to.deep.equal(tags);
    }
  });
});
