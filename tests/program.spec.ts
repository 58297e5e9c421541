import { expect } from "chai";
import { z } from "zod";

import program from "../index";
import { accountId } from "./support/mockedTypes";
import { runUnderMocks } from "./support/mocks";
import { shippedRun } from "./support/shippedRun";
import { shippedStacks, stackConfig } from "./support/stackFile";

const run = (stack: string, config = stackConfig(stack)) => runUnderMocks(program, { config, stack });

/** Tags by name. An Auto Scaling group has a list of tags, all other resources a map. */
function tagsIn(tags: unknown): unknown {
  const list = z.array(z.object({ key: z.string(), value: z.string() })).safeParse(tags);
  return list.success ? Object.fromEntries(list.data.map(({ key, value }) => [key, value])) : tags;
}

describe("the program", () => {
  for (const stack of shippedStacks()) {
    describe(`with the settings of ${stack}`, () => {
      it("connects its components, and owns no resource itself", async () => {
        const { resources } = await shippedRun(stack);
        const components = resources.map(({ type }) => type).filter((type) => type.startsWith("wordpress:"));
        expect(components).to.have.members([
          "wordpress:network:Network",
          "wordpress:database:Database",
          "wordpress:fleet:WordPressFleet",
          "wordpress:launcher:ScheduledLauncher",
          "wordpress:monitoring:Monitoring",
          "wordpress:guard:DestroyGuard",
        ]);
        expect(resources.every(({ name }) => name.startsWith("wordpress"))).to.equal(true);
      });

      it("tags every resource that accepts tags with its owner", async () => {
        const { resources } = await shippedRun(stack);
        for (const { type, name, inputs } of resources.filter((resource) => "tags" in resource.inputs)) {
          expect(tagsIn(inputs["tags"]), `${type} ${name}`).to.deep.include({
            Project: "wordpress",
            Stack: stack,
            ManagedBy: "pulumi",
          });
        }
      });

      it("has the outputs that a user needs next", async () => {
        const { outputs } = await shippedRun(stack);
        expect(outputs).to.include.all.keys("siteUrl", "autoScalingGroupName", "launcherFunctionName");
      });
    });
  }

  it("runs for many stacks in one process, each with its own settings", async () => {
    const sizeOf = async (stack: string) => {
      const { resources } = await run(stack);
      return resources.find(({ type }) => type === "aws:autoscaling/group:Group")?.inputs["maxSize"];
    };
    expect(await sizeOf("dev")).to.equal(2);
    expect(await sizeOf("prod")).to.equal(6);
    expect(await sizeOf("dev")).to.equal(2);
  });

  it("runs servers in the public subnets only if the settings state it", async () => {
    const subnetsOf = async (config: Record<string, string>) => {
      const { resources } = await run("local", config);
      const group = resources.find(({ type }) => type === "aws:autoscaling/group:Group");
      return JSON.stringify(group?.inputs["vpcZoneIdentifiers"]);
    };
    const config = stackConfig("local");
    const fleet: unknown = JSON.parse(config["wordpress:fleet"] ?? "{}");
    const inPublic = JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(fleet), subnets: "public" });
    expect(await subnetsOf(config)).to.match(/private/);
    expect(await subnetsOf({ ...config, "wordpress:fleet": inPublic })).to.match(/public/);
  });

  it("gives the image builder a public address only without a NAT gateway", async () => {
    const builderOf = async (stack: string) => {
      const { resources } = await shippedRun(stack);
      return resources.find(({ type }) => type === "golden-image:index:GoldenImage")?.inputs;
    };
    expect(await builderOf("dev")).to.include({
      publicAddress: true,
      subnetId: "wordpress-vpc-public-1-id",
      securityGroupId: "wordpress-builder-id",
    });
    expect(await builderOf("prod")).to.include({
      publicAddress: false,
      subnetId: "wordpress-vpc-private-1-id",
    });
    expect(await builderOf("lab")).to.equal(undefined);
  });

  for (const [region, count] of [
    ["us-east-1", 1],
    ["eu-central-1", 0],
    ["ap-northeast-2", 0],
  ] as const) {
    it(`creates ${String(count)} health checks of Route 53 in ${region}, as the settings leave it to the region`, async () => {
      const config = Object.fromEntries(
        Object.entries(stackConfig("prod")).filter(([key]) => key !== "aws:region"),
      );
      const { resources, outputs } = await runUnderMocks(program, {
        config,
        stack: "prod",
        answers: { "aws:index/getRegion:getRegion": () => ({ region, id: region }) },
      });
      const health = resources.filter(({ type }) => type === "aws:route53/healthCheck:HealthCheck");
      expect(health).to.have.length(count);
      const alarms = resources.filter(({ inputs }) => inputs["namespace"] === "AWS/Route53");
      expect(alarms).to.have.length(count);
      const { estimatedDollarsPerMonth } = z.object({ estimatedDollarsPerMonth: z.number() }).parse(outputs);
      expect(estimatedDollarsPerMonth).to.be.greaterThan(100);
    });
  }

  it("registers no resource when a setting is wrong", async () => {
    const config = { ...stackConfig("dev"), "wordpress:database": JSON.stringify({ multiAZ: true }) };
    const failure = await run("dev", config).then(
      () => expect.fail("expected the settings to be refused"),
      (error: unknown) => error,
    );
    expect(String(failure)).to.include("database.multiAZ: true");
  });

  const refusalOf = async (config: Record<string, string>) =>
    run("dev", { ...stackConfig("dev"), ...config }).then(
      () => expect.fail("expected the settings to be refused"),
      (error: unknown) => String(error),
    );

  it("is refused with a role of another account or partition", async () => {
    for (const role of [
      "arn:aws:iam::210987654321:role/LabRole",
      `arn:aws-cn:iam::${accountId}:role/LabRole`,
    ]) {
      const launcher = JSON.stringify({ existingRoleArn: role });
      expect(await refusalOf({ "wordpress:launcher": launcher })).to.include(
        `launcher.existingRoleArn: "${role}" - allowed: a role of this account, arn:aws:iam::${accountId}:role/`,
      );
    }
  });

  it("is refused with images for another processor than the servers', all at once", async () => {
    const amiId = "ami-0123456789abcdef0";
    const fleet = { sizing: "manual", instanceType: "t4g.micro", image: { source: "existing", amiId } };
    const refusal = await refusalOf({
      "wordpress:fleet": JSON.stringify(fleet),
      "wordpress:launcher": JSON.stringify({ instanceType: "m7g.medium", amiId }),
    });
    expect(refusal).to.match(/Pulumi\.dev\.yaml: 2 settings are wrong/);
    expect(refusal).to.include(`fleet.image.amiId: "${amiId}" - allowed: an AMI for arm64, as t4g.micro is`);
    expect(refusal).to.include(`launcher.amiId: "${amiId}" - allowed: an AMI for arm64, as m7g.medium is`);
  });
});
