import {
  DescribeInstancesCommand,
  type EC2Client,
  type Instance,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  TerminateInstancesCommand,
  type Tag,
  type _InstanceType,
} from "@aws-sdk/client-ec2";

import type { LaunchCall, LaunchPlan } from "./decide";
import { explainEc2Error } from "./ec2Errors";
import { tagKeys, type Server } from "./server";
import { instanceTypeForm, type Settings } from "./settings";

/** The three requests that the launcher sends to EC2. */
export interface Ec2 {
  /** Every server with this launcher's owner tag, in any state. */
  readonly ownServers: () => Promise<readonly Server[]>;
  /** Starts the servers of one call. EC2 returns the same servers when the call repeats. */
  readonly run: (plan: LaunchPlan, call: LaunchCall) => Promise<readonly string[]>;
  readonly terminate: (serverId: string) => Promise<void>;
}

/**
 * EC2 during one invocation.
 * @param timeLimit aborts all requests before Lambda ends the function, so that the function can report it.
 */
export function connect(client: EC2Client, settings: Settings, timeLimit: AbortSignal): Ec2 {
  const options = { abortSignal: timeLimit };
  const explained = <Response>(response: Promise<Response>): Promise<Response> =>
    response.catch((error: unknown) => {
      throw explainEc2Error(error, timeLimit);
    });
  const describe = (owner: string, NextToken: string | undefined) =>
    explained(
      client.send(
        new DescribeInstancesCommand({
          Filters: [{ Name: `tag:${tagKeys.owner}`, Values: [owner] }],
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
        options,
      ),
    );
  return {
    ownServers: async () => {
      const servers: Server[] = [];
      let next: string | undefined;
      do {
        const { Reservations = [], NextToken } = await describe(settings.owner, next);
        servers.push(...Reservations.flatMap(({ Instances = [] }) => Instances).map(serverOf));
        next = NextToken;
      } while (next !== undefined && next !== "");
      return servers;
    },
    run: async (plan, call) => {
      const command = new RunInstancesCommand(runInput(settings, plan, call));
      const { Instances = [] } = await explained(client.send(command, options));
      return Instances.map(({ InstanceId = "" }) => InstanceId);
    },
    terminate: async (serverId) => {
      await explained(client.send(new TerminateInstancesCommand({ InstanceIds: [serverId] }), options));
    },
  };
}

/** The input of RunInstances. It is the same whenever the same launch repeats, as the client token requires. */
function runInput(settings: Settings, plan: LaunchPlan, call: LaunchCall): RunInstancesCommandInput {
  const { instanceType } = settings;
  if (!isInstanceType(instanceType)) throw new Error(`${instanceType} is not an EC2 instance type`);
  const Tags = tagsOf(settings, plan, call);
  return {
    ImageId: settings.imageId,
    InstanceType: instanceType,
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
    // A shutdown from inside the server terminates it. A stopped server would keep its volume and its cost.
    InstanceInitiatedShutdownBehavior: "terminate",
    TagSpecifications: [
      { ResourceType: "instance", Tags },
      { ResourceType: "volume", Tags },
      { ResourceType: "network-interface", Tags },
    ],
  };
}

/** By its form, as EC2 offers new types before the SDK lists them. */
function isInstanceType(type: string): type is _InstanceType {
  return instanceTypeForm.test(type);
}

function tagsOf(settings: Settings, plan: LaunchPlan, call: LaunchCall): Tag[] {
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

function serverOf({ InstanceId = "", State, LaunchTime, Tags = [] }: Instance): Server {
  const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
  const expiresAt = Date.parse(tags.get(tagKeys.expiresAt) ?? "");
  return {
    id: InstanceId,
    state: State?.Name ?? "",
    launchedAt: LaunchTime?.getTime() ?? Number.NaN,
    expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt,
    parameters: tags.get(tagKeys.parameters),
    clientToken: tags.get(tagKeys.clientToken),
  };
}
