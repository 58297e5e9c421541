import type {
  LaunchTemplateBlockDeviceMapping,
  LaunchTemplateBlockDeviceMappingRequest,
  LaunchTemplateInstanceNetworkInterfaceSpecification,
  LaunchTemplateInstanceNetworkInterfaceSpecificationRequest,
  LaunchTemplateTagSpecification,
  LaunchTemplateTagSpecificationRequest,
} from "@aws-sdk/client-ec2";
import type { types } from "@pulumi/aws";

import { choice } from "../choice";
import type { Properties, PropertyRule } from "../resourceType";
import { flagSpelling } from "../spellings";
import { tagList, tagProperties } from "../tags";
import { filled, present, reading } from "../values";

type BlockDevice = types.input.ec2.LaunchTemplateBlockDeviceMapping;
type Ebs = types.input.ec2.LaunchTemplateBlockDeviceMappingEbs;
type Interface = types.input.ec2.LaunchTemplateNetworkInterface;
type TagSpecification = types.input.ec2.LaunchTemplateTagSpecification;

/** Some of the template's booleans are strings in the SDK, as an omitted one is neither true nor false. */
export function flag(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === "true";
}

export function flagText(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

export const blockDeviceProperties = {
  deviceName: {},
  ebs: {
    nested: {
      deleteOnTermination: { spelling: flagSpelling },
      encrypted: { spelling: flagSpelling },
      iops: { computed: true },
      kmsKeyId: {},
      snapshotId: {},
      throughput: { computed: true },
      volumeSize: { computed: true },
      volumeType: { computed: true },
    },
  },
  noDevice: {},
  virtualName: {},
} as const satisfies PropertyRule<BlockDevice>["nested"];

const volumeTypes = ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"] as const;

export function wireBlockDevice(device: Properties): LaunchTemplateBlockDeviceMappingRequest {
  const from = reading<BlockDevice>(device);
  const ebs = from.object("ebs");
  return {
    DeviceName: from.string("deviceName"),
    Ebs: ebs === undefined ? undefined : wireEbs(ebs),
    NoDevice: from.string("noDevice"),
    VirtualName: from.string("virtualName"),
  };
}

function wireEbs(ebs: Properties): LaunchTemplateBlockDeviceMappingRequest["Ebs"] {
  const from = reading<Ebs>(ebs);
  return {
    DeleteOnTermination: flag(from.string("deleteOnTermination")),
    Encrypted: flag(from.string("encrypted")),
    Iops: from.number("iops"),
    KmsKeyId: from.string("kmsKeyId"),
    SnapshotId: from.string("snapshotId"),
    Throughput: from.number("throughput"),
    VolumeSize: from.number("volumeSize"),
    VolumeType: choice("volumeType", volumeTypes, from.string("volumeType")),
  };
}

export function blockDeviceState({
  DeviceName,
  Ebs,
  NoDevice,
  VirtualName,
}: LaunchTemplateBlockDeviceMapping) {
  return present({
    deviceName: DeviceName,
    ebs:
      Ebs === undefined
        ? undefined
        : present({
            deleteOnTermination: flagText(Ebs.DeleteOnTermination),
            encrypted: flagText(Ebs.Encrypted),
            iops: Ebs.Iops,
            kmsKeyId: Ebs.KmsKeyId,
            snapshotId: Ebs.SnapshotId,
            throughput: Ebs.Throughput,
            volumeSize: Ebs.VolumeSize,
            volumeType: Ebs.VolumeType,
          }),
    noDevice: NoDevice,
    virtualName: VirtualName,
  });
}

export const interfaceProperties = {
  associatePublicIpAddress: { spelling: flagSpelling },
  deleteOnTermination: { spelling: flagSpelling },
  description: {},
  deviceIndex: {},
  securityGroups: { set: true },
  subnetId: {},
} as const satisfies PropertyRule<Interface>["nested"];

export function wireInterface(
  properties: Properties,
): LaunchTemplateInstanceNetworkInterfaceSpecificationRequest {
  const from = reading<Interface>(properties);
  return {
    AssociatePublicIpAddress: flag(from.string("associatePublicIpAddress")),
    DeleteOnTermination: flag(from.string("deleteOnTermination")),
    Description: from.string("description"),
    DeviceIndex: from.number("deviceIndex") ?? 0,
    Groups: from.strings("securityGroups"),
    SubnetId: from.string("subnetId"),
  };
}

export function interfaceState(found: LaunchTemplateInstanceNetworkInterfaceSpecification) {
  return present({
    associatePublicIpAddress: flagText(found.AssociatePublicIpAddress),
    deleteOnTermination: flagText(found.DeleteOnTermination),
    description: found.Description,
    deviceIndex: found.DeviceIndex,
    securityGroups: filled(found.Groups),
    subnetId: found.SubnetId,
  });
}

export const tagSpecificationProperties = {
  resourceType: { required: true },
  tags: {},
} as const satisfies PropertyRule<TagSpecification>["nested"];

/** The resource types that a template can tag at launch. Source: EC2 API, LaunchTemplateTagSpecificationRequest. */
const taggable = ["instance", "volume", "network-interface", "spot-instances-request"] as const;

export function wireTagSpecification(specification: Properties): LaunchTemplateTagSpecificationRequest {
  const type = reading<TagSpecification>(specification).requiredString("resourceType");
  return { ResourceType: choice("resourceType", taggable, type), Tags: tagList(specification) };
}

export function tagSpecificationState({ ResourceType, Tags }: LaunchTemplateTagSpecification) {
  return present({ resourceType: ResourceType, tags: tagProperties(Tags).tags });
}
