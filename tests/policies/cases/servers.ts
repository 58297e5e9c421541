import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeSite, makeTemplate, safeInstance } from "./parts";

const imds = (program: PolicyCase["program"]) => bad("imdsv2", program);
const plain = (program: PolicyCase["program"]) => bad("encrypted-volumes", program);
const shared = (program: PolicyCase["program"]) => bad("no-public-images", program);
const order = (program: PolicyCase["program"]) => bad("capacity-in-order", program);

const configuration = {
  ...{ imageId: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: false },
  metadataOptions: { httpTokens: "required" },
  rootBlockDevice: { encrypted: true },
};
type Mapping = aws.types.input.ec2.LaunchTemplateBlockDeviceMapping;
const mapped =
  (...blockDeviceMappings: readonly Mapping[]) =>
  (n: string) =>
    makeTemplate(n, "sg-1", { blockDeviceMappings: [...blockDeviceMappings] });
const root: Mapping = { deviceName: "/dev/xvda", ebs: { encrypted: "true" } };
const fleetOf = (specification: object) => (n: string) =>
  new aws.ec2.SpotFleetRequest(n, {
    ...{ iamFleetRole: "r", targetCapacity: 1 },
    launchSpecifications: [
      { ami: "ami-1", instanceType: "t3.micro", associatePublicIpAddress: false, ...specification },
    ],
  });

/** Metadata, volumes, images and sizes of servers. */
export const servers: PolicyCases = {
  "imds-lt-unset": imds((n) => makeTemplate(n, "sg-1", { metadataOptions: {} })),
  "imds-instance": imds(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, metadataOptions: { httpTokens: "optional" } }),
  ),
  "imds-spot": imds(
    (n) =>
      new aws.ec2.SpotInstanceRequest(n, { ...safeInstance, metadataOptions: { httpTokens: "optional" } }),
  ),
  "imds-spot-unset": imds(
    (n) =>
      new aws.ec2.SpotInstanceRequest(n, { ami: "ami-1", instanceType: "t3.micro", rootBlockDevice: {} }),
  ),
  "imds-launchconfig": imds(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, { ...configuration, metadataOptions: { httpTokens: "optional" } }),
  ),
  "imds-launchconfig-unset": imds(
    (n) => new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "t3.micro" }),
  ),
  "imds-from-lt-overrides": imds((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.Instance(n, {
      launchTemplate: { id, version: "1" },
      metadataOptions: { httpTokens: "optional" },
    });
  }),
  "imds-account-default": imds((n) => new aws.ec2.InstanceMetadataDefaults(n, { httpTokens: "optional" })),
  "imds-image-builder": imds(
    (n) =>
      new aws.imagebuilder.InfrastructureConfiguration(n, {
        instanceProfileName: "builder",
        instanceMetadataOptions: { httpTokens: "optional" },
      }),
  ),
  "imds-disabled-endpoint": good((n) =>
    makeTemplate(n, "sg-1", { metadataOptions: { httpEndpoint: "disabled" } }),
  ),
  "fp-imds-account-default": good((n) => new aws.ec2.InstanceMetadataDefaults(n, { httpTokens: "required" })),
  "fp-imds-image-builder": good(
    (n) =>
      new aws.imagebuilder.InfrastructureConfiguration(n, {
        instanceProfileName: "builder",
        instanceMetadataOptions: { httpTokens: "required" },
      }),
  ),

  "ebs-lt-data-disk-only": plain(
    mapped({ deviceName: "/dev/sdf", ebs: { encrypted: "true", volumeSize: 10 } }),
  ),
  "ebs-lt-ephemeral-trick": plain(
    mapped({ deviceName: "/dev/xvda", virtualName: "", noDevice: "", ebs: { encrypted: "false" } }),
  ),
  "ebs-lt-ephemeral-with-ebs": plain(
    mapped(root, { deviceName: "/dev/sdb", virtualName: "ephemeral0", ebs: { encrypted: "false" } }),
  ),
  "ebs-lt-second": plain(mapped(root, { deviceName: "/dev/sdf", ebs: { volumeSize: 10 } })),
  "ebs-lt-spelled-f": plain(mapped({ deviceName: "/dev/xvda", ebs: { encrypted: "f" } })),
  "ebs-spot": plain(
    (n) => new aws.ec2.SpotInstanceRequest(n, { ...safeInstance, rootBlockDevice: { encrypted: false } }),
  ),
  "ebs-launchconfig": plain(
    (n) => new aws.ec2.LaunchConfiguration(n, { ...configuration, rootBlockDevice: { encrypted: false } }),
  ),
  "ebs-launchconfig-data": plain(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, {
        ...configuration,
        ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 10 }],
      }),
  ),
  "ebs-spot-fleet": plain(fleetOf({ rootBlockDevices: [{ encrypted: false }] })),
  "ebs-spot-fleet-unset": plain(fleetOf({})),
  "ebs-from-lt-overrides": plain((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.Instance(n, {
      launchTemplate: { id, version: "1" },
      ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: false }],
    });
  }),
  "ebs-volume": plain((n) => new aws.ebs.Volume(n, { availabilityZone: "us-east-1a", size: 10 })),
  "ebs-snapshot-copy": plain(
    (n) =>
      new aws.ebs.SnapshotCopy(n, {
        sourceSnapshotId: "snap-1",
        sourceRegion: "us-west-2",
        encrypted: false,
      }),
  ),
  "ebs-snapshot-copy-unset": plain(
    (n) => new aws.ebs.SnapshotCopy(n, { sourceSnapshotId: "snap-1", sourceRegion: "us-west-2" }),
  ),
  "ebs-snapshot-import": plain(
    (n) => new aws.ebs.SnapshotImport(n, { diskContainer: { format: "VHD", url: "s3://images/disk.vhd" } }),
  ),
  "ebs-ami-copy": plain(
    (n) => new aws.ec2.AmiCopy(n, { sourceAmiId: "ami-1", sourceAmiRegion: "us-west-2" }),
  ),
  "ebs-ami": plain(
    (n) =>
      new aws.ec2.Ami(n, {
        rootDeviceName: "/dev/xvda",
        ebsBlockDevices: [{ deviceName: "/dev/xvda", volumeSize: 8, encrypted: false }],
      }),
  ),
  "ebs-image-recipe": plain(
    (n) =>
      new aws.imagebuilder.ImageRecipe(n, {
        ...{ parentImage: "ami-1", version: "1.0.0" },
        components: [{ componentArn: "arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x" }],
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }],
      }),
  ),
  "ebs-default-off": plain((n) => new aws.ebs.EncryptionByDefault(n, { enabled: false })),
  "fp-ebs-sda1": good(mapped({ deviceName: "/dev/sda1", ebs: { encrypted: "1" } })),
  "fp-ebs-two": good(mapped({ deviceName: "/dev/sdf", ebs: { encrypted: "true" } }, root)),
  "fp-ebs-ephemeral": good(mapped(root, { deviceName: "/dev/sdb", virtualName: "ephemeral0" })),
  "fp-ebs-suppressed": good(
    mapped(root, { deviceName: "/dev/sdf", noDevice: "true", ebs: { encrypted: "false" } }),
  ),
  "fp-ebs-default": good((n) => new aws.ebs.EncryptionByDefault(n, {})),
  "fp-ebs-snapshot-copy": good(
    (n) =>
      new aws.ebs.SnapshotCopy(n, { sourceSnapshotId: "snap-1", sourceRegion: "us-west-2", encrypted: true }),
  ),
  "fp-ebs-ami": good(
    (n) =>
      new aws.ec2.Ami(n, {
        rootDeviceName: "/dev/xvda",
        ebsBlockDevices: [{ deviceName: "/dev/xvda", snapshotId: "snap-1" }],
      }),
  ),
  "fp-ebs-spot-fleet": good(fleetOf({ rootBlockDevices: [{ encrypted: true }] })),

  "ami-public": shared((n) => new aws.ec2.AmiLaunchPermission(n, { imageId: "ami-1", group: "all" })),
  "ami-block-off": shared((n) => new aws.ec2.ImageBlockPublicAccess(n, { state: "unblocked" })),
  "ami-builder-public": shared(
    (n) =>
      new aws.imagebuilder.DistributionConfiguration(n, {
        distributions: [
          {
            region: "us-east-1",
            amiDistributionConfiguration: { launchPermission: { userGroups: ["all"] } },
          },
        ],
      }),
  ),
  "snapshot-block-off": shared((n) => new aws.ebs.SnapshotBlockPublicAccess(n, { state: "unblocked" })),
  "snapshot-public": shared(
    (n) => new aws.ec2.SnapshotCreateVolumePermission(n, { snapshotId: "snap-1", accountId: "all" }),
  ),
  "fp-ami-account": good(
    (n) => new aws.ec2.AmiLaunchPermission(n, { imageId: "ami-1", accountId: "123456789012" }),
  ),
  "fp-ami-organization": good(
    (n) =>
      new aws.ec2.AmiLaunchPermission(n, {
        imageId: "ami-1",
        organizationArn: "arn:aws:organizations::123456789012:organization/o-1",
      }),
  ),
  "fp-ami-block-on": good((n) => new aws.ec2.ImageBlockPublicAccess(n, { state: "block-new-sharing" })),
  "fp-snapshot-block-on": good(
    (n) => new aws.ebs.SnapshotBlockPublicAccess(n, { state: "block-all-sharing" }),
  ),
  "fp-snapshot-account": good(
    (n) => new aws.ec2.SnapshotCreateVolumePermission(n, { snapshotId: "snap-1", accountId: "123456789012" }),
  ),

  "order-group": order((n) => new aws.autoscaling.Group(n, { minSize: 3, maxSize: 2 })),
  "order-desired": order((n) => new aws.autoscaling.Group(n, { minSize: 1, desiredCapacity: 5, maxSize: 4 })),
  "order-schedule": order(
    (n) =>
      new aws.autoscaling.Schedule(n, {
        ...{ autoscalingGroupName: "g", scheduledActionName: "s", recurrence: "0 8 * * *" },
        ...{ minSize: 2, desiredCapacity: 9, maxSize: 4 },
      }),
  ),
  "order-schedule-and-group": order((n) => {
    const { name } = new aws.autoscaling.Group(n, { minSize: 2, maxSize: 4 });
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: name, scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 6, desiredCapacity: 6, maxSize: -1 },
    });
  }),
  "order-warm-pool": order(
    (n) =>
      new aws.autoscaling.Group(n, {
        ...{ minSize: 2, maxSize: 4 },
        warmPool: { minSize: 5, maxGroupPreparedCapacity: 3 },
      }),
  ),
  "order-eks": order(
    (n) =>
      new aws.eks.NodeGroup(n, {
        ...{ clusterName: "c", nodeRoleArn: "r", subnetIds: ["subnet-1"] },
        scalingConfig: { minSize: 3, desiredSize: 2, maxSize: 4 },
      }),
  ),
  "order-application": order(
    (n) =>
      new aws.appautoscaling.Target(n, {
        ...{ minCapacity: 5, maxCapacity: 2, resourceId: "service/c/s" },
        ...{ scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" },
      }),
  ),
  "fp-order-schedule": good((n) => {
    const { name } = makeSite(n, { group: () => ({ maxSize: 8 }) }).group;
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: name, scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 6, desiredCapacity: 6, maxSize: -1 },
    });
  }),
};
