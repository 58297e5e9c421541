import { tagsOf, type Stack } from "../stack/stack";

/** A running server of the fleet. */
export interface FleetServer {
  readonly id: string;
  readonly vpcId: string;
  readonly privateAddress: string;
  readonly securityGroupIds: readonly string[];
  /** Name of its key pair; `undefined` when it accepts no key. */
  readonly keyName: string | undefined;
}

/** The running servers of the stack's Auto Scaling group, the oldest first. */
export async function fleetServers(stack: Stack): Promise<readonly FleetServer[]> {
  const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
  const found: (FleetServer & { readonly launchedAt: number })[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances(
    { client: await stack.clients.ec2() },
    {
      Filters: [
        ...Object.entries(tagsOf(stack)).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
        // Auto Scaling sets this tag. Servers of the launcher and builders of images do not have it.
        { Name: "tag-key", Values: ["aws:autoscaling:groupName"] },
        { Name: "instance-state-name", Values: ["running"] },
      ],
    },
  )) {
    for (const each of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      if (each.InstanceId === undefined) continue;
      found.push({
        id: each.InstanceId,
        vpcId: each.VpcId ?? "",
        privateAddress: each.PrivateIpAddress ?? "",
        securityGroupIds: (each.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
        keyName: each.KeyName,
        launchedAt: each.LaunchTime?.getTime() ?? 0,
      });
    }
  }
  return found.toSorted((one, other) => one.launchedAt - other.launchedAt || (one.id < other.id ? -1 : 1));
}
