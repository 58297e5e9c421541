import { expect } from "chai";

import { newestArmDebian, newestDebian } from "../../support/mockedTypes";
import { only } from "../../support/mocks";
import { userDataText } from "../../support/userData";
import { optionsOf, runFleet } from "./fleet";

type FleetArgs = Parameters<typeof runFleet>[0];

const templateOf = async (args?: FleetArgs) =>
  only(await runFleet(args), "aws:ec2/launchTemplate:LaunchTemplate").inputs;

describe("WordPressFleet's launch template", () => {
  it("gives servers no public address, and their own security group", async () => {
    expect((await templateOf())["networkInterfaces"]).to.deep.equal([
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        securityGroups: ["sg-servers"],
        deleteOnTermination: "true",
      },
    ]);
  });

  it("keeps a server's credentials on the server: IMDSv2 only, one hop", async () => {
    expect((await templateOf())["metadataOptions"]).to.deep.equal({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("encrypts the root volume of the image, and sets its size", async () => {
    expect((await templateOf({ rootVolumeGiB: 20 }))["blockDeviceMappings"]).to.deep.equal([
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "true", volumeSize: 20, volumeType: "gp3", deleteOnTermination: "true" },
      },
    ]);
  });

  it("enables detailed monitoring, and makes every new version the default", async () => {
    const template = await templateOf();
    expect(template["monitoring"]).to.deep.equal({ enabled: true });
    expect(template["updateDefaultVersion"]).to.equal(true);
  });

  it("tags the launched servers, volumes and network interfaces", async () => {
    expect((await templateOf({ tags: { Stack: "test" } }))["tagSpecifications"]).to.deep.equal(
      ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { Stack: "test", Name: "site-server" },
      })),
    );
  });

  it("has the type and, when named, the key pair", async () => {
    const template = await templateOf({ instanceType: "t3.small", keyPairName: "vockey" });
    expect(template).to.deep.include({ instanceType: "t3.small", keyName: "vockey" });
    expect(await templateOf()).not.to.have.property("keyName");
  });

  it("uses a given AMI, with only its settings in user data", async () => {
    const template = await templateOf({ image: { source: "existing", amiId: "ami-00000000000000001" } });
    expect(template["imageId"]).to.equal("ami-00000000000000001");
    expect(userDataText(template["userData"])).not.to.include("runcmd");
  });

  it("uses Debian's newest image by default, which installs itself", async () => {
    const template = await templateOf({ image: { source: "bootstrap" } });
    expect(template["imageId"]).to.equal(newestDebian);
    expect(userDataText(template["userData"])).to.include("wordpress-server.service");
  });

  it("uses another Debian image when the settings pin one", async () => {
    const debianAmiId = "ami-00000000000000002";
    const template = await templateOf({ image: { source: "bootstrap", debianAmiId } });
    expect(template["imageId"]).to.equal(debianAmiId);
  });

  it("keeps the Debian image of its creation, and changes to a pinned or given AMI at once", async () => {
    const ignored = async (image: NonNullable<FleetArgs>["image"]) =>
      (await optionsOf("aws:ec2/launchTemplate:LaunchTemplate", { image })).ignoreChanges;
    expect(await ignored({ source: "bootstrap" })).to.deep.equal(["imageId"]);
    expect(await ignored({ source: "bootstrap", debianAmiId: "ami-00000000000000002" })).to.deep.equal([]);
    expect(await ignored({ source: "existing", amiId: "ami-00000000000000001" })).to.deep.equal([]);
  });

  it("is replaced for another architecture when it keeps its image", async () => {
    const made = async (args: FleetArgs) => {
      const { name, inputs } = only(await runFleet(args), "aws:ec2/launchTemplate:LaunchTemplate");
      return [name, inputs["imageId"]];
    };
    const image = { source: "bootstrap" } as const;
    expect(await made({ image, instanceType: "t3.micro" })).to.deep.equal(["site-bootstrap", newestDebian]);
    expect(await made({ image, instanceType: "t4g.micro" })).to.deep.equal([
      "site-bootstrap-arm64",
      newestArmDebian,
    ]);
  });

  it("gives servers the addresses of database, secret and site, but no secret", async () => {
    const text = userDataText((await templateOf())["userData"]);
    expect(text).to.include("DATABASE_ADDRESS=db.abcdefghijkl.us-east-1.rds.amazonaws.com");
    expect(text).to.include(
      "DATABASE_SECRET_ARN=arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1",
    );
    expect(text).to.include("SITE_URL=http://site-alb-1234567890.us-east-1.elb.amazonaws.com");
    expect(text).not.to.match(/password/i);
  });
});
