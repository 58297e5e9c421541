import type { Instance, RunInstancesRequest } from "@aws-sdk/client-ec2";
import type { types } from "@pulumi/aws";
import type { InstanceArgs } from "@pulumi/aws/ec2";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import type { Change, Properties } from "../resourceType";
import { present, reading } from "../values";
import { instanceTypeOf } from "./instanceType";
import { metadataState, wireMetadata } from "./metadataOptions";

type RootDevice = types.input.ec2.InstanceRootBlockDevice;

const shutdownBehaviors = ["stop", "terminate"] as const;
const volumeTypes = ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"] as const;

/** The request that starts an instance. A change of the root volume needs the image's root device name. */
export async function wireInstance(aws: AwsClients, inputs: Properties): Promise<RunInstancesRequest> {
  const from = reading<InstanceArgs>(inputs);
  const ImageId = from.requiredString("ami");
  const Name = from.string("iamInstanceProfile");
  const metadata = from.object("metadataOptions");
  const root = from.object("rootBlockDevice");
  const address = from.boolean("associatePublicIpAddress");
  const SubnetId = from.string("subnetId");
  const groups = from.strings("vpcSecurityGroupIds");
  return {
    BlockDeviceMappings: root === undefined ? undefined : [await wireRoot(aws, ImageId, root)],
    DisableApiTermination: from.boolean("disableApiTermination"),
    EbsOptimized: from.boolean("ebsOptimized"),
    IamInstanceProfile: Name === undefined ? undefined : { Name },
    ImageId,
    InstanceInitiatedShutdownBehavior: choice(
      "instanceInitiatedShutdownBehavior",
      shutdownBehaviors,
      from.string("instanceInitiatedShutdownBehavior"),
    ),
    InstanceType: await instanceTypeOf(from.string("instanceType")),
    KeyName: from.string("keyName"),
    MaxCount: 1,
    MetadataOptions: metadata === undefined ? undefined : wireMetadata(metadata),
    MinCount: 1,
    Monitoring: { Enabled: from.boolean("monitoring") ?? false },
    UserData: encodedUserData(inputs),
    // AWS accepts a public address only in a network interface, which then also has the subnet and the groups.
    ...(address === undefined
      ? { SubnetId, SecurityGroupIds: groups }
      : {
          NetworkInterfaces: [
            { DeviceIndex: 0, AssociatePublicIpAddress: address, SubnetId, Groups: groups },
          ],
        }),
  };
}

async function wireRoot(aws: AwsClients, imageId: string, root: Properties) {
  const from = reading<RootDevice>(root);
  const ec2 = await aws.ec2();
  const { Images } = await ec2.describeImages({ ImageIds: [imageId] });
  return {
    DeviceName: Images?.[0]?.RootDeviceName,
    Ebs: {
      DeleteOnTermination: from.boolean("deleteOnTermination"),
      Encrypted: from.boolean("encrypted"),
      Iops: from.number("iops"),
      KmsKeyId: from.string("kmsKeyId"),
      Throughput: from.number("throughput"),
      VolumeSize: from.number("volumeSize"),
      VolumeType: choice("volumeType", volumeTypes, from.string("volumeType")),
    },
  };
}

export function encodedUserData(inputs: Properties): string | undefined {
  const from = reading<InstanceArgs>(inputs);
  const plain = from.string("userData");
  return plain === undefined ? from.string("userDataBase64") : Buffer.from(plain).toString("base64");
}

/** The root volume in AWS. */
export async function rootDeviceState(aws: AwsClients, { RootDeviceName, BlockDeviceMappings }: Instance) {
  const mapping = BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs;
  if (mapping?.VolumeId === undefined) return undefined;
  const ec2 = await aws.ec2();
  const { Volumes } = await ec2.describeVolumes({ VolumeIds: [mapping.VolumeId] });
  const volume = Volumes?.[0];
  return present({
    deleteOnTermination: mapping.DeleteOnTermination,
    deviceName: RootDeviceName,
    encrypted: volume?.Encrypted,
    iops: volume?.Iops,
    kmsKeyId: volume?.KmsKeyId,
    throughput: volume?.Throughput,
    volumeId: mapping.VolumeId,
    volumeSize: volume?.Size,
    volumeType: volume?.VolumeType,
  });
}

export function metadataOf({ MetadataOptions }: Instance): Properties | undefined {
  return MetadataOptions === undefined ? undefined : metadataState(MetadataOptions);
}

/** Changes that AWS makes on a running instance, one attribute per request. */
export async function changeRunning(
  aws: AwsClients,
  { id: InstanceId, new: inputs, changed }: Change,
): Promise<void> {
  const from = reading<InstanceArgs>(inputs);
  const ec2 = await aws.ec2();
  if (changed.has("vpcSecurityGroupIds")) {
    await ec2.modifyInstanceAttribute({ InstanceId, Groups: from.strings("vpcSecurityGroupIds") });
  }
  if (changed.has("disableApiTermination")) {
    const Value = from.boolean("disableApiTermination") ?? false;
    await ec2.modifyInstanceAttribute({ InstanceId, DisableApiTermination: { Value } });
  }
  if (changed.has("sourceDestCheck")) {
    const Value = from.boolean("sourceDestCheck") ?? true;
    await ec2.modifyInstanceAttribute({ InstanceId, SourceDestCheck: { Value } });
  }
  if (changed.has("instanceInitiatedShutdownBehavior")) {
    const Value = from.string("instanceInitiatedShutdownBehavior");
    await ec2.modifyInstanceAttribute({ InstanceId, InstanceInitiatedShutdownBehavior: { Value } });
  }
  if (changed.has("metadataOptions")) {
    await ec2.modifyInstanceMetadataOptions({
      InstanceId,
      ...wireMetadata(from.object("metadataOptions") ?? {}),
    });
  }
  if (changed.has("monitoring")) {
    const request = { InstanceIds: [InstanceId] };
    await (from.boolean("monitoring") === true
      ? ec2.monitorInstances(request)
      : ec2.unmonitorInstances(request));
  }
}
