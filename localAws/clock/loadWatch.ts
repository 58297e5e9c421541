import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";

import type { AwsClients } from "../providers/aws/clients";
import { type Load, loadOf } from "./load";

/** The loads of the Auto Scaling groups of one account in one region. */
export interface LoadWatch {
  /** Reads the group's newest load. */
  readonly read: (group: AutoScalingGroup, now: number) => Promise<Load | undefined>;
  /** The load of the last reading. */
  readonly known: (group: AutoScalingGroup) => Load | undefined;
}

/** The first reading goes back this far. */
const longestMilliseconds = 86_400_000;

export function watchLoads(aws: AwsClients): LoadWatch {
  const loads = new Map<string, Load>();
  return {
    known: (group) => loads.get(keyOf(group)),
    read: async (group, now) => {
      const known = loads.get(keyOf(group));
      const from = known?.since ?? Math.max(group.CreatedTime?.getTime() ?? 0, now - longestMilliseconds);
      const newest = await newestCpu(aws, group, from, now);
      if (newest === undefined || (newest.at === known?.since && newest.percent === known.put)) return known;
      const load = loadOf(newest.percent, group.DesiredCapacity ?? 0, newest.at);
      loads.set(keyOf(group), load);
      return load;
    },
  };
}

/** A group that was deleted and created again under the same name is a new group. */
function keyOf({ AutoScalingGroupName = "", CreatedTime }: AutoScalingGroup): string {
  return `${AutoScalingGroupName} ${CreatedTime?.getTime() ?? 0}`;
}

async function newestCpu(aws: AwsClients, group: AutoScalingGroup, from: number, now: number) {
  const cloudWatch = await aws.cloudWatch();
  const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
    Namespace: "AWS/EC2",
    MetricName: "CPUUtilization",
    Dimensions: [{ Name: "AutoScalingGroupName", Value: group.AutoScalingGroupName }],
    StartTime: new Date(from),
    // The emulator keeps whole seconds, and EndTime is exclusive.
    EndTime: new Date(Math.floor(now / 1000) * 1000 + 1000),
    Period: 1,
    Statistics: ["Average"],
  });
  const points = Datapoints.flatMap(({ Timestamp, Average }) =>
    Timestamp === undefined || Average === undefined ? [] : { at: Timestamp.getTime(), percent: Average },
  );
  return points.sort((one, other) => other.at - one.at)[0];
}
