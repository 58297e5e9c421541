import { expect } from "chai";

import { contentHash } from "../../../components/wordpressFleet/bakedImage";
import { renderBuilderUserData } from "../../../components/wordpressFleet/builderUserData";
import { newestArmDebian, newestDebian } from "../../support/mockedTypes";
import { all, only, runUnderMocks } from "../../support/mocks";
import { problemsOf } from "../../support/problems";
import { userDataText } from "../../support/userData";
import { fleetOf, optionsOf, runFleet } from "./fleet";

const goldenImage = "golden-image:index:GoldenImage";
const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

const builderPlace = { subnetId: "subnet-public-a", securityGroupId: "sg-builder", publicAddress: true };
const baked = { image: { source: "bake" }, builderPlace } as const;
const debianAmiId = "ami-00000000000000002";
const fromAnother = { ...baked, image: { source: "bake", debianAmiId } } as const;

const imageOf = async (args: Parameters<typeof runFleet>[0] = baked) =>
  only(await runFleet(args), goldenImage).inputs;

describe("WordPressFleet's baked image", () => {
  it("is the servers' image, so that they need only their settings", async () => {
    const run = await runFleet(baked);
    const { name, inputs } = only(run, launchTemplate);
    expect(name).to.equal("site-bake");
    expect(inputs["imageId"]).to.equal("site-image-id");
    expect(userDataText(inputs["userData"])).not.to.include("runcmd");
    expect(inputs["blockDeviceMappings"]).to.have.nested.property("[0].deviceName", "/dev/xvda");
  });

  it("replaces the launch template's image at once when it is new", async () => {
    expect((await optionsOf(launchTemplate, baked)).ignoreChanges).to.deep.equal([]);
  });

  it("is baked from the newest Debian, in the builder's subnet and security group", async () => {
    expect(await imageOf({ ...baked, instanceType: "t3.small", tags: { Stack: "test" } })).to.deep.include({
      ...builderPlace,
      baseImageId: newestDebian,
      rootDeviceName: "/dev/xvda",
      instanceType: "t3.small",
      timeoutMinutes: 20,
      region: "us-east-1",
      tags: { Stack: "test", Name: "site-image" },
    });
  });

  it("is baked by a build step that tests itself and powers off, without a server's settings", () => {
    const text = userDataText(renderBuilderUserData());
    expect(text)
      .to.match(/^#!\/bin\/sh\n/)
      .and.include("/usr/local/sbin/wordpress-server build-image");
    expect(text).not.to.include("put 0644 '/etc/wordpress-on-aws/settings.env'");
  });

  it("is replaced for another pinned Debian, but not for a newer Debian release", async () => {
    const { contentHash } = await imageOf();
    const another = await imageOf(fromAnother);
    expect(another).to.include({ baseImageId: debianAmiId });
    expect(another["contentHash"]).to.match(/^[0-9a-f]{12}$/);
    expect(another["contentHash"]).not.to.equal(contentHash);
    expect((await imageOf())["contentHash"]).to.equal(contentHash);
  });

  it("is replaced for other content of site/, and has the same hash as before without any", async () => {
    const settings = { image: { source: "bake" }, instanceType: "t3.micro" } as const;
    const { contentHash: ofProgram } = await imageOf();
    expect(contentHash(settings)).to.equal(ofProgram);
    const others = ["0123456789ab", "ba9876543210"].map((hash) => contentHash(settings, hash));
    expect(new Set([ofProgram, ...others]).size).to.equal(3);
  });

  it("is replaced for another architecture, from the newest Debian for it", async () => {
    const { contentHash } = await imageOf();
    const graviton = await imageOf({ ...baked, instanceType: "t4g.micro" });
    expect(graviton).to.include({ baseImageId: newestArmDebian, instanceType: "t4g.micro" });
    expect(graviton["contentHash"]).not.to.equal(contentHash);
    expect((await imageOf({ ...baked, instanceType: "t3.large" }))["contentHash"]).to.equal(contentHash);
  });

  it("is never baked from a Debian for another architecture", async () => {
    const failure = await runFleet({ ...fromAnother, instanceType: "t4g.micro" }).then(
      () => expect.fail("expected the image to be refused"),
      (error: unknown) => error,
    );
    expect(String(failure)).to.include(
      `fleet.image.debianAmiId: "${debianAmiId}" - allowed: an AMI for arm64`,
    );
  });

  it("calls AWS with the stack's profile", async () => {
    const run = (config: Record<string, string>) =>
      runUnderMocks(() => fleetOf(baked).url, { config }).then((made) => only(made, goldenImage).inputs);
    expect(await run({ "aws:profile": "mine" })).to.include({ profile: "mine" });
    expect(await run({})).not.to.have.property("profile");
  });

  it("is refused without a subnet and security group for the builder", async () => {
    expect(await problemsOf(() => fleetOf({ image: { source: "bake" } }))).to.deep.equal([
      "builderPlace: undefined",
    ]);
  });

  it("is not baked for servers that start from another image", async () => {
    const existing = { source: "existing", amiId: "ami-00000000000000001" } as const;
    for (const image of [existing, { source: "bootstrap" } as const]) {
      expect(all(await runFleet({ image, builderPlace }), goldenImage)).to.deep.equal([]);
    }
  });
});
