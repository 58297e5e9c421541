import type { LaunchCall, LaunchPlan } from "./decide";
import type { CallEc2, QueryParameters } from "./ec2Query";
import { itemsIn, textIn, type Xml } from "./ec2Xml";
import { tagKeys, type Server } from "./server";
import type { Settings } from "./settings";

/** All that the launcher asks of EC2. */
export interface Ec2 {
  /** Every server that carries this launcher's owner tag, whatever its state. */
  readonly ownServers: () => Promise<readonly Server[]>;
  /** Starts one call's servers, or tells those that the same call started before. Their ids. */
  readonly run: (plan: LaunchPlan, call: LaunchCall) => Promise<readonly string[]>;
  readonly terminate: (serverId: string) => Promise<void>;
}

/** EC2 as the function's role reaches it. */
export function connect(callEc2: CallEc2, settings: Settings): Ec2 {
  return {
    ownServers: () => ownServers(callEc2, settings.owner),
    run: async (plan, call) => {
      const answer = await callEc2("RunInstances", runParameters(settings, plan, call));
      return instancesIn(answer).map((instance) => textIn(instance, "instanceId") ?? "");
    },
    terminate: async (serverId) => {
      await callEc2("TerminateInstances", { InstanceId: [serverId] });
    },
  };
}

async function ownServers(callEc2: CallEc2, owner: string): Promise<readonly Server[]> {
  const servers: Server[] = [];
  let next: string | undefined;
  do {
    const answer = await callEc2("DescribeInstances", {
      Filter: [{ Name: `tag:${tagKeys.owner}`, Value: [owner] }],
      ...(next === undefined ? {} : { NextToken: next }),
    });
    servers.push(...itemsIn(answer, "reservationSet").flatMap(instancesIn).map(serverOf));
    next = textIn(answer, "nextToken");
  } while (next !== undefined && next !== "");
  return servers;
}

/** What RunInstances is asked: nothing in it may differ when the same launch is asked for again. */
export function runParameters(settings: Settings, plan: LaunchPlan, call: LaunchCall): QueryParameters {
  return {
    ImageId: settings.imageId,
    InstanceType: settings.instanceType,
    ...(settings.keyPairName === undefined ? {} : { KeyName: settings.keyPairName }),
    MinCount: call.serverCount,
    MaxCount: call.serverCount,
    ClientToken: call.clientToken,
    NetworkInterface: [
      {
        DeviceIndex: 0,
        SubnetId: call.subnetId,
        SecurityGroupId: settings.securityGroupIds,
        AssociatePublicIpAddress: false,
        DeleteOnTermination: true,
      },
    ],
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, HttpEndpoint: "enabled" },
    BlockDeviceMapping: [
      {
        DeviceName: settings.rootDeviceName,
        Ebs: { Encrypted: true, VolumeType: "gp3", DeleteOnTermination: true },
      },
    ],
    // Turning a server off from the inside ends it too, rather than leave a stopped one behind.
    InstanceInitiatedShutdownBehavior: "terminate",
    TagSpecification: ["instance", "volume", "network-interface"].map((ResourceType) => ({
      ResourceType,
      Tag: tagsOf(settings, plan, call),
    })),
  };
}

function tagsOf(settings: Settings, plan: LaunchPlan, call: LaunchCall): readonly QueryParameters[] {
  const tags: Readonly<Record<string, string>> = {
    ...settings.serverTags,
    [tagKeys.owner]: settings.owner,
    [tagKeys.clientToken]: call.clientToken,
    [tagKeys.parameters]: plan.parameters,
    [tagKeys.plannedTime]: new Date(plan.plannedAt).toISOString(),
    [tagKeys.expiresAt]: new Date(plan.expiresAt).toISOString(),
  };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function instancesIn(reservation: Xml): readonly Xml[] {
  return itemsIn(reservation, "instancesSet");
}

function serverOf(instance: Xml): Server {
  const tags = new Map(itemsIn(instance, "tagSet").map((tag) => [textIn(tag, "key"), textIn(tag, "value")]));
  const expiresAt = Date.parse(tags.get(tagKeys.expiresAt) ?? "");
  return {
    id: textIn(instance, "instanceId") ?? "",
    state: textIn(instance, "instanceState", "name") ?? "",
    launchedAt: Date.parse(textIn(instance, "launchTime") ?? ""),
    expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt,
    parameters: tags.get(tagKeys.parameters),
    clientToken: tags.get(tagKeys.clientToken),
  };
}
