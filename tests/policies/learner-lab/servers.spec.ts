import { labInstanceSizes } from "../../../policies/learner-lab/rules/labInstanceSizes";
import { labKeyPair } from "../../../policies/learner-lab/rules/labKeyPair";
import { labOnDemandOnly } from "../../../policies/learner-lab/rules/labOnDemandOnly";
import { labVolumes } from "../../../policies/learner-lab/rules/labVolumes";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture, fixture, spoil } from "../support/fixture";

const template = fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", { instanceType: "t3.micro" });
const server = fixture("aws:ec2/instance:Instance", "builder", {
  instanceType: "m5.large",
  rootBlockDevice: { volumeSize: 100, volumeType: "gp2" },
  ebsBlockDevices: [{ deviceName: "/dev/sdb", volumeSize: 8, volumeType: "gp3" }],
});
const image = fixture("golden-image:index:GoldenImage", "image", { instanceType: "t3.micro" });
const launcherOf = (variables: Readonly<Record<string, string>>) =>
  fixture("aws:lambda/function:Function", "launcher", {
    environment: {
      variables: { SERVER_COUNT: "1", MAX_RUNNING_SERVERS: "1", INSTANCE_TYPE: "t3.nano", ...variables },
    },
  });
const noLauncher = fixture("aws:lambda/function:Function", "other", {
  environment: { variables: { INSTANCE_TYPE: "m5.24xlarge" } },
});

describe("lab-instance-sizes", () => {
  itPasses(labInstanceSizes, "sizes of the lab", template, server, image, launcherOf({}), noLauncher);
  itPasses(
    labInstanceSizes,
    "a function without an environment",
    spoil(noLauncher, { environment: undefined }),
  );
  const allowed = "a size of nano, micro, small, medium, large";
  for (const instanceType of ["t3.xlarge", "t3"]) {
    const expected = { at: "instanceType", value: instanceType, allowed };
    itRefuses(labInstanceSizes, `a template's ${instanceType}`, spoil(template, { instanceType }), expected);
    itRefuses(labInstanceSizes, `a server's ${instanceType}`, spoil(server, { instanceType }), expected);
  }
  itRefuses(labInstanceSizes, "a large builder", spoil(image, { instanceType: "t3.xlarge" }), {
    at: "instanceType",
    value: "t3.xlarge",
    allowed,
  });
  const large = launcherOf({ INSTANCE_TYPE: "t3.xlarge" });
  itRefuses(labInstanceSizes, "a large instance of the launcher", large, {
    at: "environment.variables.INSTANCE_TYPE",
    value: "t3.xlarge",
    allowed,
  });
  itRefuses(
    labInstanceSizes,
    "a value that its configuration does not list",
    template,
    { at: "instanceType", value: "t3.micro", allowed: "a size of nano" },
    { sizes: ["nano"] },
  );
});

describe("lab-key-pair", () => {
  const inRegion = (region: string | undefined) => ({ provider: { props: { region } } });
  const withKey = { ...spoil(template, { keyName: "vockey" }), ...inRegion("us-east-1") };
  itPasses(
    labKeyPair,
    "vockey in its region, and other keys in every region",
    withKey,
    { ...spoil(template, { keyName: "mine" }), ...inRegion("us-west-2") },
    { ...spoil(template, { keyName: undefined }), ...inRegion("us-west-2") },
    { ...launcherOf({ KEY_PAIR_NAME: "vockey" }), ...inRegion("us-east-1") },
    spoil(template, { keyName: "vockey", region: "us-east-1" }),
  );
  const refused = { value: "vockey in us-west-2", allowed: "vockey in us-east-1" };
  itRefuses(
    labKeyPair,
    "vockey of a template in another region",
    { ...withKey, ...inRegion("us-west-2") },
    {
      at: "keyName",
      ...refused,
    },
  );
  itRefuses(
    labKeyPair,
    "vockey of an instance in another region",
    { ...spoil(server, { keyName: "vockey" }), ...inRegion("us-west-2") },
    { at: "keyName", ...refused },
  );
  itRefuses(
    labKeyPair,
    "vockey of a launcher in another region",
    { ...launcherOf({ KEY_PAIR_NAME: "vockey" }), ...inRegion("us-west-2") },
    { at: "environment.variables.KEY_PAIR_NAME", ...refused },
  );
  itRefuses(
    labKeyPair,
    "vockey with another own region of the resource",
    { ...spoil(template, { keyName: "vockey", region: "us-west-2" }), ...inRegion("us-east-1") },
    { at: "keyName", ...refused },
  );
  itRefuses(
    labKeyPair,
    "vockey without a region",
    { ...withKey, ...inRegion(undefined) },
    {
      at: "keyName",
      value: "vockey in a region that is not set",
      allowed: "vockey in us-east-1",
    },
  );
});

describe("lab-on-demand-only", () => {
  const group = fixture("aws:autoscaling/group:Group", "fleet", { minSize: 1 });
  const mixed = (onDemandPercentageAboveBaseCapacity: number | undefined) =>
    spoil(group, {
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: {} },
        instancesDistribution: { onDemandPercentageAboveBaseCapacity },
      },
    });
  itPasses(labOnDemandOnly, "On-Demand Instances", template, server, group, mixed(100), mixed(undefined));
  const spot = { instanceMarketOptions: { marketType: "spot" } };
  const market = { at: "instanceMarketOptions.marketType", value: "spot", allowed: "no market options" };
  itRefuses(labOnDemandOnly, "Spot Instances of a template", spoil(template, spot), market);
  itRefuses(labOnDemandOnly, "a Spot Instance", spoil(server, spot), market);
  itRefuses(labOnDemandOnly, "a group's share of Spot Instances", mixed(50), {
    at: "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity",
    value: 50,
    allowed: "100",
  });
  for (const type of [
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
  ]) {
    itRefuses(labOnDemandOnly, type, anyFixture(type, "spot"), {
      at: "its type",
      value: type,
      allowed: "On-Demand Instances",
    });
  }
});

describe("lab-volumes", () => {
  const volume = fixture("aws:ebs/volume:Volume", "uploads", { size: 100, type: "gp3" });
  const device = (ebs: object) =>
    spoil(template, { blockDeviceMappings: [{ deviceName: "/dev/xvda" }, { ebs }] });
  itPasses(
    labVolumes,
    "volumes of the lab",
    volume,
    server,
    template,
    device({ volumeSize: 100, volumeType: "gp2" }),
  );
  itPasses(
    labVolumes,
    "volumes without settings",
    spoil(server, { rootBlockDevice: undefined, ebsBlockDevices: undefined }),
  );
  const wrong = [
    [{ volumeSize: 101 }, "volumeSize", 101, "at most 100 GiB"],
    [{ volumeType: "io2" }, "volumeType", "io2", "one of gp2, gp3"],
    [{ iops: 4_000 }, "iops", 4_000, "no provisioned IOPS"],
  ] as const;
  for (const [change, property, value, allowed] of wrong) {
    const what = JSON.stringify(change);
    itRefuses(labVolumes, `a template's ${what}`, device(change), {
      at: `blockDeviceMappings[1].ebs.${property}`,
      value,
      allowed,
    });
    itRefuses(labVolumes, `a root volume's ${what}`, spoil(server, { rootBlockDevice: change }), {
      at: `rootBlockDevice.${property}`,
      value,
      allowed,
    });
    const further = spoil(server, { ebsBlockDevices: [{ deviceName: "/dev/sdb", ...change }] });
    itRefuses(labVolumes, `a further volume's ${what}`, further, {
      at: `ebsBlockDevices[0].${property}`,
      value,
      allowed,
    });
  }
  itRefuses(labVolumes, "a large volume", spoil(volume, { size: 101 }), {
    at: "size",
    value: 101,
    allowed: "at most 100 GiB",
  });
  itRefuses(labVolumes, "a fast volume", spoil(volume, { type: "io2" }), {
    at: "type",
    value: "io2",
    allowed: "one of gp2, gp3",
  });
  itRefuses(labVolumes, "a volume's IOPS", spoil(volume, { iops: 4_000 }), {
    at: "iops",
    value: 4_000,
    allowed: "no provisioned IOPS",
  });
});
