import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";

import { isUnknownValue } from "../../../../../policies/support/unknown";
import { volumesOf, type VolumeView } from "../../../../../policies/support/views/servers/volumes";
import { anyFixture, unknown } from "../../fixture";

/** Every member that the view has, by its path. */
function membersOf({ encryption, size, type, iops }: VolumeView): Readonly<Record<string, unknown>> {
  const plain = [size?.(), type?.(), iops?.()].filter((each) => each !== undefined);
  const encrypted = encryption?.();
  const entries: readonly (readonly [string, unknown])[] = [
    ...(encrypted === undefined ? [] : [[encrypted.at, [encrypted.value, encrypted.isOn]] as const]),
    ...plain.map(({ at, value }) => [at, value] as const),
  ];
  return Object.fromEntries(entries);
}

const volumesIn = (type: string, props: object): readonly object[] =>
  [...volumesOf(anyFixture(type, "one", props))].map(membersOf);

const device = { encrypted: true, volumeSize: 8, volumeType: "gp3", iops: 3000 };
const at = (place: string, encrypted: readonly [unknown, boolean] = [true, true]) => ({
  [`${place}.encrypted`]: encrypted,
  [`${place}.volumeSize`]: 8,
  [`${place}.volumeType`]: "gp3",
  [`${place}.iops`]: 3000,
});
const unset = (place: string) => ({
  [`${place}.encrypted`]: [undefined, false],
  [`${place}.volumeSize`]: undefined,
  [`${place}.volumeType`]: undefined,
  [`${place}.iops`]: undefined,
});

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const recipe = "aws:imagebuilder/imageRecipe:ImageRecipe";
const ebs = { ...device, encrypted: "true" };
const mapping = (index: number) => `blockDeviceMappings[${String(index)}].ebs`;
const emr = [{ size: 10, type: "gp3", iops: 3000 }];
const emrAt = (place: string) => ({
  [`${place}.size`]: 10,
  [`${place}.type`]: "gp3",
  [`${place}.iops`]: 3000,
});
const managed = "volumeConfiguration.managedEbsVolume";

const views: readonly (readonly [type: string, props: object, ...volumes: readonly object[]])[] = [
  [instance, {}, unset("rootBlockDevice")],
  [instance, { rootBlockDevice: device }, at("rootBlockDevice")],
  [instance, { launchTemplate: { id: "lt-1" } }],
  [instance, { launchTemplate: { id: "lt-1" }, rootBlockDevice: device }, at("rootBlockDevice")],
  [
    instance,
    { rootBlockDevice: device, ebsBlockDevices: [{ noDevice: true }, device] },
    at("rootBlockDevice"),
    at("ebsBlockDevices[1]"),
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    { launchSpecifications: [{ rootBlockDevices: [device] }, { rootBlockDevices: [] }] },
    at("launchSpecifications[0].rootBlockDevices[0]"),
    unset("launchSpecifications[1].rootBlockDevice"),
  ],
  [template, { blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs }] }, at(mapping(0), ["true", true])],
  ...["/dev/xvda", "/dev/sda", "xvda", "sda1"].map((deviceName): (typeof views)[number] => [
    template,
    { blockDeviceMappings: [{ deviceName, ebs }] },
    at(mapping(0), ["true", true]),
  ]),
  [template, { blockDeviceMappings: [{ deviceName: "/dev/xvda" }] }, unset(mapping(0))],
  [template, {}, { [`${mapping(0)}.encrypted`]: [undefined, false] }],
  [
    template,
    {
      blockDeviceMappings: [
        { deviceName: "/dev/sdf", ebs },
        { deviceName: "/dev/sdg", ebs },
      ],
    },
    at(mapping(0), ["true", true]),
    at(mapping(1), ["true", true]),
    { blockDeviceMappings: ["/dev/sdf, /dev/sdg without the root device", false] },
  ],
  [
    template,
    {
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs, noDevice: "", virtualName: "" },
        { deviceName: "/dev/sdb", virtualName: "ephemeral0" },
        { deviceName: "/dev/sdc", noDevice: "true" },
        { deviceName: "/dev/sdd", virtualName: "ephemeral1", ebs },
      ],
    },
    at(mapping(0), ["true", true]),
    at(mapping(3), ["true", true]),
  ],
  [recipe, { blockDeviceMappings: [{ ebs }, {}, { ebs, noDevice: true }] }, at(mapping(0), ["true", true])],
  [recipe, {}],
  [
    "aws:ebs/volume:Volume",
    { encrypted: false, size: 8, type: "io2", iops: 100 },
    { encrypted: [false, false], size: 8, type: "io2", iops: 100 },
  ],
  ...[
    "aws:ebs/snapshotCopy:SnapshotCopy",
    "aws:ebs/snapshotImport:SnapshotImport",
    "aws:ec2/amiCopy:AmiCopy",
  ].map((type): (typeof views)[number] => [type, { encrypted: true }, { encrypted: [true, true] }]),
  [
    "aws:ec2/ami:Ami",
    { ebsBlockDevices: [{ ...device, snapshotId: "snap-1" }, device] },
    at("ebsBlockDevices[1]"),
  ],
  ["aws:ec2/ami:Ami", {}],
  [
    "aws:ecs/service:Service",
    {
      volumeConfiguration: {
        managedEbsVolume: { encrypted: true, sizeInGb: 8, volumeType: "gp3", iops: 3000 },
      },
    },
    {
      [`${managed}.encrypted`]: [true, true],
      [`${managed}.sizeInGb`]: 8,
      [`${managed}.volumeType`]: "gp3",
      [`${managed}.iops`]: 3000,
    },
  ],
  ["aws:ecs/service:Service", { volumeConfiguration: {} }],
  ["aws:ecs/service:Service", {}],
  [
    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    {
      policyDetails: {
        schedules: [{}, { crossRegionCopyRules: [{ encrypted: true }, { encrypted: false }] }],
      },
    },
    { "policyDetails.schedules[1].crossRegionCopyRules[0].encrypted": [true, true] },
    { "policyDetails.schedules[1].crossRegionCopyRules[1].encrypted": [false, false] },
  ],
  ["aws:dlm/lifecyclePolicy:LifecyclePolicy", { policyDetails: {} }],
  ["aws:eks/nodeGroup:NodeGroup", { diskSize: 20 }, { diskSize: 20 }],
  ["aws:emr/instanceGroup:InstanceGroup", { ebsConfigs: emr }, emrAt("ebsConfigs[0]")],
  ["aws:emr/instanceGroup:InstanceGroup", {}],
  [
    "aws:emr/cluster:Cluster",
    { masterInstanceGroup: { ebsConfigs: emr }, coreInstanceGroup: { ebsConfigs: emr } },
    emrAt("masterInstanceGroup.ebsConfigs[0]"),
    emrAt("coreInstanceGroup.ebsConfigs[0]"),
  ],
  ["aws:emr/cluster:Cluster", {}],
  [
    "aws:s3/bucket:Bucket",
    {
      encrypted: false,
      ebsConfigs: emr,
      diskSize: 1,
      launchSpecifications: [{}],
      masterInstanceGroup: { ebsConfigs: emr },
    },
  ],
];

describe("the volumes of a resource", () => {
  for (const [type, props, ...volumes] of views) {
    it(`are found in ${type} with ${JSON.stringify(props)}`, () => {
      expect(volumesIn(type, props)).to.deep.equal(volumes);
    });
  }

  it("need the details of a lifecycle policy", () => {
    expect(() => volumesIn("aws:dlm/lifecyclePolicy:LifecyclePolicy", {})).to.throw(
      "policyDetails is not set",
    );
  });

  it("do not include the root device where a preview does not know the name of a device", () => {
    const props = unknownCheckingProxy({
      blockDeviceMappings: [
        { deviceName: unknown, ebs },
        { deviceName: "/dev/sdf", ebs },
      ],
    });
    const seen: unknown[] = [];
    let error: unknown;
    try {
      for (const volume of volumesOf(anyFixture(template, "one", props))) seen.push(membersOf(volume));
    } catch (thrown) {
      error = thrown;
    }
    expect(seen).to.have.lengthOf(2);
    expect(isUnknownValue(error)).to.equal(true);
  });

  it("include a known root device beside a device with an unknown name", () => {
    const props = unknownCheckingProxy({
      blockDeviceMappings: [
        { deviceName: unknown, ebs },
        { deviceName: "/dev/xvda", ebs },
      ],
    });
    expect(volumesIn(template, props)).to.have.lengthOf(2);
  });
});
