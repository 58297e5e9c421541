import type { Instance } from "@aws-sdk/client-ec2";

import { costOf, type CostBasis } from "../../../../components/cost/cost";
import { trackingLevels } from "./alarms";
import type { Answers } from "./answers";
import type { RunningCost } from "./page";

/** Debian's image has this size. AWS's answer about a server's disk replaces it. */
const usualDiskGiB = 8;

/**
 * The cost of what runs now, by AWS's list prices, without traffic; null until AWS has answered. It comes from AWS's
 * answers and not from the settings, so that a server more or a stopped database shows at once.
 */
export function runningCost(answers: Answers, https: boolean): RunningCost | null {
  if (answers.group === undefined || answers.database === undefined) return null;
  const billed = answers.instances.filter(isBilled);
  const groupName = answers.group.AutoScalingGroupName ?? "";
  const [fleet, others] = [
    billed.filter((it) => isOf(it, groupName)),
    billed.filter((it) => !isOf(it, groupName)),
  ];
  const type = fleet[0]?.InstanceType ?? answers.group.Instances?.[0]?.InstanceType ?? "t3.micro";
  const basis = (instanceType: string, servers: readonly Instance[]) =>
    basisOf(answers, instanceType, servers, https);
  const cost = costOf(basis(type, fleet));
  const launched = [...new Set(others.map(({ InstanceType }) => InstanceType ?? ""))].map((each) => {
    const servers = others.filter(({ InstanceType }) => InstanceType === each);
    // Server and disk are the first two parts.
    const [server, disk] = costOf(basis(each, servers)).parts;
    const known = server?.dollarsPerHour;
    return {
      name: `${String(servers.length)} other x ${each}`,
      dollarsPerHour: known === undefined ? undefined : known + (disk?.dollarsPerHour ?? 0),
    };
  });
  const parts = [...cost.parts, ...launched].map(({ name, dollarsPerHour }) => ({
    name,
    dollarsPerHour: dollarsPerHour ?? null,
  }));
  return {
    dollarsPerHour: parts.reduce((sum, part) => sum + (part.dollarsPerHour ?? 0), 0),
    parts,
    pricesAsOf: cost.pricesAsOf,
  };
}

/** EC2 bills from the boot until the instance stops or ends. */
function isBilled({ State }: Instance): boolean {
  return State?.Name === "running" || State?.Name === "pending";
}

function isOf({ Tags = [] }: Instance, groupName: string): boolean {
  return Tags.some(({ Key, Value }) => Key === "aws:autoscaling:groupName" && Value === groupName);
}

function basisOf(
  answers: Answers,
  instanceType: string,
  servers: readonly Instance[],
  https: boolean,
): CostBasis {
  const { database, natGateways, endpoints, images, alarms, fileSystems } = answers;
  const running = servers.length;
  const capacity = { min: running, desired: running, max: running };
  const gateways = natGateways.filter(({ State }) => State === "available" || State === "pending").length;
  const interfaces = endpoints.filter(({ VpcEndpointType }) => VpcEndpointType === "Interface");
  const zones = Math.max(0, ...interfaces.map(({ SubnetIds = [] }) => SubnetIds.length));
  const sendsMail = interfaces.some(({ ServiceName = "" }) => ServiceName.includes("email"));
  const siteAlarm = alarms.some(({ Namespace }) => Namespace === "AWS/Route53");
  return {
    network: {
      natGateways: gateways === 0 ? "none" : gateways === 1 ? "single" : "perAz",
      interfaceEndpoints: zones > 1 ? "perAz" : "oneZone",
    },
    database: {
      instanceClass: database?.DBInstanceClass ?? "",
      allocatedStorageGiB: database?.AllocatedStorage ?? 0,
      storageType: database?.StorageType === "gp2" ? "gp2" : "gp3",
      multiAz: database?.MultiAZ === true,
      stopped: database?.DBInstanceStatus === "stopped",
    },
    fleet: {
      image: { source: images.some(({ Tags = [] }) => Tags.length > 0) ? "bake" : "existing" },
      instanceType,
      rootVolumeGiB: diskGiBOf(answers, servers[0]),
      // Servers that have an endpoint need no NAT gateway.
      subnets: interfaces.length > 0 && gateways > 0 ? "public" : "private",
      capacity,
      schedules: [],
      targetTracking: trackingLevels(answers.policies),
      paused: running === 0,
      uploads: fileSystems.length > 0 ? "shared" : "local",
      uploadsBackups: fileSystems.some(({ backups }) => backups),
      siteHealthCheck: siteAlarm,
      mail: { method: sendsMail ? "ses" : "none" },
      domain: https ? {} : undefined,
    },
    launcher: { instanceType, maxRunningServers: 0 },
  };
}

function diskGiBOf({ volumes }: Answers, server: Instance | undefined): number {
  const ids = (server?.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.VolumeId);
  const sizes = volumes.filter(({ VolumeId }) => ids.includes(VolumeId)).map(({ Size }) => Size ?? 0);
  return sizes.length === 0 ? usualDiskGiB : sizes.reduce((sum, size) => sum + size, 0);
}
