import type { Activity, AutoScalingGroup } from "@aws-sdk/client-auto-scaling";

import type { InventoryClients } from "./clients";
import { priceOf, prices } from "./prices";
import { allOf, tagsOf, type Resource } from "./resource";

const hourMilliseconds = 3_600_000;
/** Both descriptions are AWS's: `Launching a new EC2 instance: i-…`, `Terminating EC2 instance: i-…`. */
const launch = /^Launching a new EC2 instance: (i-[0-9a-f]+)/;
const termination = /^Terminating EC2 instance: (i-[0-9a-f]+)/;

/**
 * The servers of the account's groups that were terminated. Auto Scaling reports its activities of the last six weeks, so
 * that the cost of a group includes the servers that it replaced or scaled in.
 */
export async function pastServers(clients: InventoryClients): Promise<readonly Resource[]> {
  const autoScaling = await clients.autoScaling();
  const groups = await allOf(
    autoScaling.paginateDescribeAutoScalingGroups({}),
    (page) => page.AutoScalingGroups,
  );
  const past = await Promise.all(
    groups.map(async (group) => {
      const { AutoScalingGroupName } = group;
      const activities = await allOf(
        autoScaling.paginateDescribeScalingActivities({ AutoScalingGroupName }),
        (page) => page.Activities,
      );
      const ended = lives(activities);
      return ended.length === 0 ? [] : toResources(ended, group, await typeOfServers(clients, group));
    }),
  );
  return past.flat();
}

/** The life of a terminated server. */
export interface Life {
  readonly id: string;
  readonly from: Date;
  readonly until: Date;
}

/** The servers that the activities launched and terminated. A server that was attached by hand has no launch. */
export function lives(activities: readonly Pick<Activity, "Description" | "StartTime">[]): readonly Life[] {
  const timesOf = (pattern: RegExp) =>
    new Map(
      activities.flatMap(({ Description = "", StartTime }) => {
        const id = pattern.exec(Description)?.[1];
        return id === undefined || StartTime === undefined ? [] : [[id, StartTime] as const];
      }),
    );
  const launched = timesOf(launch);
  return [...timesOf(termination)].flatMap(([id, until]) => {
    const from = launched.get(id);
    return from === undefined ? [] : [{ id, from, until }];
  });
}

function toResources(
  ended: readonly Life[],
  { AutoScalingGroupName = "", Tags }: AutoScalingGroup,
  type: string | undefined,
): readonly Resource[] {
  const price = priceOf(prices.instancePerHour, type);
  return ended.map(({ id, from, until }) => {
    const hours = Math.max(0, until.getTime() - from.getTime()) / hourMilliseconds;
    return {
      kind: "server",
      id,
      detail: `${type ?? "unknown type"}, terminated`,
      tags: tagsOf(Tags),
      createdAt: from,
      spentDollars: price === undefined ? undefined : price * hours,
      dollarsPerHour: price === undefined ? undefined : 0,
      running: false,
      uses: [AutoScalingGroupName],
      goesWith: AutoScalingGroupName,
    };
  });
}

/** The type of the group's servers: of those that it has, or of its launch template. */
async function typeOfServers(
  clients: InventoryClients,
  { Instances = [], LaunchTemplate }: AutoScalingGroup,
): Promise<string | undefined> {
  const running = Instances[0]?.InstanceType;
  if (running !== undefined || LaunchTemplate?.LaunchTemplateId === undefined) return running;
  const { LaunchTemplateVersions = [] } = await (
    await clients.ec2()
  ).describeLaunchTemplateVersions({
    LaunchTemplateId: LaunchTemplate.LaunchTemplateId,
    Versions: [LaunchTemplate.Version ?? "$Default"],
  });
  return LaunchTemplateVersions[0]?.LaunchTemplateData?.InstanceType;
}
