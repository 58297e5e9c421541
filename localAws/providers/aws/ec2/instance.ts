import type { InstanceArgs, InstanceState } from "@pulumi/aws/ec2";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Change, ResourceType } from "../resourceType";
import { tagProperties } from "../tags";
import { filled, present, reading, type Known } from "../values";
import { ec2Arn } from "./arn";
import {
  changeRunning,
  encodedUserData,
  metadataOf,
  rootDeviceState,
  wireInstance,
} from "./instanceSettings";
import { metadataProperties } from "./metadataOptions";
import { retag, taggedAs } from "./tagging";

/** Time limits in seconds: Terraform's ten minutes to start, twenty to terminate. */
const toStart = { maxWaitTime: 600, minDelay: 1 };
const toEnd = { maxWaitTime: 1200, minDelay: 1 };

/** An EC2 instance. */
export const instance: ResourceType<InstanceArgs> = {
  token: "aws:ec2/instance:Instance",
  properties: {
    ami: { required: true, replace: true },
    associatePublicIpAddress: { replace: true, computed: true },
    disableApiTermination: {},
    ebsOptimized: { replace: true, computed: true },
    iamInstanceProfile: { replace: true, computed: true },
    instanceInitiatedShutdownBehavior: { computed: true },
    instanceType: { required: true },
    keyName: { replace: true, computed: true },
    metadataOptions: { computed: true, nested: metadataProperties },
    monitoring: {},
    // AWS could grow a volume in place. Here a new size replaces the server.
    rootBlockDevice: {
      replace: true,
      computed: true,
      nested: {
        deleteOnTermination: { default: true },
        encrypted: { computed: true },
        iops: { computed: true },
        kmsKeyId: { computed: true },
        throughput: { computed: true },
        volumeSize: { computed: true },
        volumeType: { computed: true },
      },
    },
    sourceDestCheck: { default: true },
    subnetId: { replace: true, computed: true },
    tags: {},
    userData: { replaceWhen: "userDataReplaceOnChange" },
    userDataBase64: { replaceWhen: "userDataReplaceOnChange" },
    userDataReplaceOnChange: { default: false, notReadable: true },
    vpcSecurityGroupIds: { computed: true, set: true },
  },
  check: ({ userData, userDataBase64 }) =>
    userData === undefined || userDataBase64 === undefined
      ? []
      : [{ property: "userDataBase64", reason: "either userData or userDataBase64, not both" }],
  async create(aws, inputs) {
    const ec2 = await aws.ec2();
    const { Instances } = await ec2.runInstances({
      ...(await wireInstance(aws, inputs)),
      ...taggedAs("instance", inputs),
    });
    return { id: sent(Instances?.[0]?.InstanceId, "Instances.InstanceId") };
  },
  async complete(aws, InstanceId, inputs) {
    const ec2 = await aws.ec2();
    await ec2.waitUntilInstanceRunning({ InstanceIds: [InstanceId] }, toStart);
    if (reading<InstanceArgs>(inputs).boolean("sourceDestCheck") === false) {
      await ec2.modifyInstanceAttribute({ InstanceId, SourceDestCheck: { Value: false } });
    }
  },
  async read(aws, id, prior) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    const ec2 = await aws.ec2();
    const [userData, termination, shutdown, rootBlockDevice] = await Promise.all([
      ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "userData" }),
      ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "disableApiTermination" }),
      ec2.describeInstanceAttribute({ InstanceId: id, Attribute: "instanceInitiatedShutdownBehavior" }),
      rootDeviceState(aws, found),
    ]);
    const encoded = userData.UserData?.Value;
    const asBase64 = reading<InstanceArgs>(prior).string("userDataBase64") !== undefined;
    const plain = encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString();
    return present({
      ami: found.ImageId,
      arn: ec2Arn(aws, "instance", id),
      associatePublicIpAddress: found.PublicIpAddress !== undefined,
      availabilityZone: found.Placement?.AvailabilityZone,
      disableApiTermination: termination.DisableApiTermination?.Value,
      ebsOptimized: found.EbsOptimized,
      iamInstanceProfile: found.IamInstanceProfile?.Arn?.split("/").at(-1),
      instanceInitiatedShutdownBehavior: shutdown.InstanceInitiatedShutdownBehavior?.Value,
      instanceState: found.State?.Name,
      instanceType: found.InstanceType,
      keyName: found.KeyName,
      metadataOptions: metadataOf(found),
      monitoring: found.Monitoring?.State === "enabled",
      primaryNetworkInterfaceId: found.NetworkInterfaces?.[0]?.NetworkInterfaceId,
      privateDns: found.PrivateDnsName,
      privateIp: found.PrivateIpAddress,
      publicDns: found.PublicDnsName,
      publicIp: found.PublicIpAddress,
      rootBlockDevice,
      sourceDestCheck: found.SourceDestCheck,
      subnetId: found.SubnetId,
      userData: asBase64 ? undefined : plain,
      userDataBase64: asBase64 ? encoded : undefined,
      vpcSecurityGroupIds: filled(found.SecurityGroups?.flatMap(({ GroupId }) => GroupId ?? [])),
      ...tagProperties(found.Tags),
    } satisfies Known<InstanceState>);
  },
  async update(aws, change) {
    await changeRunning(aws, change);
    const stopped = ["instanceType", "userData", "userDataBase64"];
    if (stopped.some((name) => change.changed.has(name))) await changeStopped(aws, change);
    await retag(aws, change);
  },
  async delete(aws, id, state) {
    if (reading<InstanceArgs>(state).boolean("disableApiTermination") === true) {
      throw new Error(`${id} is protected from termination: set disableApiTermination to false first`);
    }
    if ((await find(aws, id)) === undefined) return;
    const ec2 = await aws.ec2();
    await unlessGone(ec2.terminateInstances({ InstanceIds: [id] }), "InvalidInstanceID.NotFound");
    await ec2.waitUntilInstanceTerminated({ InstanceIds: [id] }, toEnd);
  },
};

async function find(aws: AwsClients, id: string) {
  const ec2 = await aws.ec2();
  const answer = await unlessGone(ec2.describeInstances({ InstanceIds: [id] }), "InvalidInstanceID.NotFound");
  const found = answer?.Reservations?.[0]?.Instances?.[0];
  // AWS returns a terminated instance for about an hour.
  return found?.State?.Name === "terminated" ? undefined : found;
}

/** AWS changes the type and user data only of a stopped instance. */
async function changeStopped(aws: AwsClients, { id, new: inputs, changed }: Change): Promise<void> {
  const ec2 = await aws.ec2();
  const request = { InstanceIds: [id] };
  await ec2.stopInstances(request);
  await ec2.waitUntilInstanceStopped(request, toStart);
  if (changed.has("instanceType")) {
    const Value = reading<InstanceArgs>(inputs).requiredString("instanceType");
    await ec2.modifyInstanceAttribute({ InstanceId: id, InstanceType: { Value } });
  }
  if (changed.has("userData") || changed.has("userDataBase64")) {
    const Value = Buffer.from(encodedUserData(inputs) ?? "", "base64");
    await ec2.modifyInstanceAttribute({ InstanceId: id, UserData: { Value } });
  }
  await ec2.startInstances(request);
  await ec2.waitUntilInstanceRunning(request, toStart);
}
