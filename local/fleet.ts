import { awsClients, type AwsTarget } from "../localAws/providers/aws/clients";

/** A server of the fleet, as the emulator shows it. */
export interface Server {
  readonly instanceId: string;
  readonly availabilityZone: string;
  /** Its health in the target group, e.g. `healthy`; `unregistered` when it is not in the target group. */
  readonly health: string;
}

/** The fleet, as the emulator shows it. */
export interface Fleet {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
  readonly servers: readonly Server[];
}

/** The program's outputs about the fleet. */
export interface FleetOutputs {
  readonly autoScalingGroupName: string;
  readonly targetGroupArn: string;
}

/** The outputs about the fleet, if the stack has them. */
export function fleetOutputs(outputs: Readonly<Record<string, unknown>>): FleetOutputs | undefined {
  const { autoScalingGroupName, targetGroupArn } = outputs;
  if (typeof autoScalingGroupName !== "string" || typeof targetGroupArn !== "string") return undefined;
  return { autoScalingGroupName, targetGroupArn };
}

/** Reads the fleet from the emulator; undefined when there is no such group. */
export async function describeFleet(
  target: AwsTarget,
  { autoScalingGroupName, targetGroupArn }: FleetOutputs,
): Promise<Fleet | undefined> {
  const aws = awsClients(target);
  const groups = await (
    await aws.autoScaling()
  ).describeAutoScalingGroups({ AutoScalingGroupNames: [autoScalingGroupName] });
  const group = groups.AutoScalingGroups?.[0];
  // AWS deletes no target group before its Auto Scaling group, so both exist here.
  if (group === undefined) return undefined;
  const health = await (await aws.elbv2()).describeTargetHealth({ TargetGroupArn: targetGroupArn });
  const healthOf = new Map(
    (health.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
      Target?.Id,
      TargetHealth?.State,
    ]),
  );
  return {
    min: group.MinSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    max: group.MaxSize ?? 0,
    servers: (group.Instances ?? []).map(({ InstanceId = "", AvailabilityZone = "" }) => ({
      instanceId: InstanceId,
      availabilityZone: AvailabilityZone,
      health: healthOf.get(InstanceId) ?? "unregistered",
    })),
  };
}

/** `2 servers (1 to 4), in us-east-1a and us-east-1b, 2 healthy` */
export function fleetText({ min, max, desired, servers }: Fleet): string {
  const zones = [...new Set(servers.map(({ availabilityZone }) => availabilityZone))].sort();
  const healthy = servers.filter(({ health }) => health === "healthy").length;
  const count = servers.length === 1 ? "1 server" : `${servers.length} servers`;
  const wanted = servers.length === desired ? "" : `, ${desired} desired`;
  const where = zones.length === 0 ? "" : ` in ${zones.join(" and ")},`;
  return `${count} (${min} to ${max}${wanted}),${where} ${healthy} healthy`;
}
