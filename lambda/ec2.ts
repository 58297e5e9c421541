import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type Instance,
  type RunInstancesCommandInput,
  type Tag,
} from "@aws-sdk/client-ec2";

import type { LaunchCall, LaunchPlan } from "./decide";
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

/** Throttling and passing faults are tried again by the SDK, so often in all, with growing pauses. */
const maxAttempts = 4;

/** EC2 as the function's role reaches it. */
export function connect(settings: Settings): Ec2 {
  const client = new EC2Client({ maxAttempts });
  return {
    ownServers: () => ownServers(client, settings.owner),
    run: async (plan, call) => {
      const { Instances } = await client.send(new RunInstancesCommand(runInput(settings, plan, call)));
      return (Instances ?? []).map(({ InstanceId }) => InstanceId ?? "");
    },
    terminate: async (serverId) => {
      await client.send(new TerminateInstancesCommand({ InstanceIds: [serverId] }));
    },
  };
}

async function ownServers(client: EC2Client, owner: string): Promise<readonly Server[]> {
  const servers: Server[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeInstancesCommand({
        Filters: [{ Name: `tag:${tagKeys.owner}`, Values: [owner] }],
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    servers.push(...(page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []).map(serverOf));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return servers;
}

/** What RunInstances is asked: nothing in it may differ when the same launch is asked for again. */
export function runInput(settings: Settings, plan: LaunchPlan, call: LaunchCall): RunInstancesCommandInput {
  const tags = [
    ...Object.entries(settings.serverTags),
    [tagKeys.owner, settings.owner],
    [tagKeys.clientToken, call.clientToken],
    [tagKeys.parameters, plan.parameters],
    [tagKeys.plannedTime, new Date(plan.plannedAt).toISOString()],
    [tagKeys.expiresAt, new Date(plan.expiresAt).toISOString()],
  ].map(([Key, Value]) => ({ Key, Value }));
  return {
    ImageId: settings.imageId,
    InstanceType: settings.instanceType,
    ...(settings.keyPairName === undefined ? {} : { KeyName: settings.keyPairName }),
    MinCount: call.serverCount,
    MaxCount: call.serverCount,
    ClientToken: call.clientToken,
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: call.subnetId,
        Groups: [...settings.securityGroupIds],
        AssociatePublicIpAddress: false,
        DeleteOnTermination: true,
      },
    ],
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, HttpEndpoint: "enabled" },
    BlockDeviceMappings: [
      {
        DeviceName: settings.rootDeviceName,
        Ebs: { Encrypted: true, VolumeType: "gp3", DeleteOnTermination: true },
      },
    ],
    // Turning a server off from the inside ends it too, rather than leave a stopped one behind.
    InstanceInitiatedShutdownBehavior: "terminate",
    TagSpecifications: [
      { ResourceType: "instance", Tags: tags },
      { ResourceType: "volume", Tags: tags },
      { ResourceType: "network-interface", Tags: tags },
    ],
  };
}

function serverOf({ InstanceId, State, LaunchTime, Tags }: Instance): Server {
  const expiresAt = Date.parse(valueOf(Tags, tagKeys.expiresAt) ?? "");
  return {
    id: InstanceId ?? "",
    state: State?.Name ?? "",
    launchedAt: LaunchTime?.getTime() ?? 0,
    expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt,
    parameters: valueOf(Tags, tagKeys.parameters),
    clientToken: valueOf(Tags, tagKeys.clientToken),
  };
}

function valueOf(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find(({ Key }) => Key === key)?.Value;
}
