import { CloudWatch } from "@aws-sdk/client-cloudwatch";

import type { Report } from "../../../localAws/live/reports";
import type { EmulatorInSpec } from "../../support/emulator";
import { type Clients, instancesOf } from "./fleet";

const tickMilliseconds = 1000;

/** Reports like a live region, without machines: instances boot at once, and use the CPU that a test gives them. */
export function useFakeRegion(emulator: EmulatorInSpec) {
  const id = "fake";
  const usages: (() => Promise<readonly Report[]>)[] = [];
  let running: Promise<void> | undefined;
  let stopped = false;

  /** What a machine reports after a change of its state. */
  const settled: Readonly<Record<string, "running" | "stopped" | "terminated">> = {
    pending: "running",
    stopping: "stopped",
    "shutting-down": "terminated",
  };

  before(async () => {
    await emulator.api.attach(id);
    running = (async () => {
      while (!stopped) {
        const world = await emulator.api.world({ live: id });
        const states = world.places.flatMap(({ accountId, region, instances }) =>
          instances.flatMap((instance): readonly Report[] => {
            const state = settled[instance.state];
            return state === undefined
              ? []
              : [{ kind: "instance", accountId, region, id: instance.id, state }];
          }),
        );
        const metrics = await Promise.all(usages.map((usage) => usage()));
        const reports = [...states, ...metrics.flat()];
        if (reports.length > 0) await emulator.api.report(reports);
        await new Promise((resolve) => setTimeout(resolve, tickMilliseconds));
      }
    })();
  });
  after(async () => {
    stopped = true;
    await running;
  });

  return {
    /** The servers of the group `web` in an account. */
    servers: (accountId: string, clients: Clients) => {
      let percentOf: ((index: number) => number) | undefined;
      usages.push(async () => {
        const give = percentOf;
        if (give === undefined) return [];
        const instances = [...(await instancesOf(clients))].sort(
          (one, other) => (one.LaunchTime?.getTime() ?? 0) - (other.LaunchTime?.getTime() ?? 0),
        );
        const data = instances.map(({ InstanceId = "" }, index) => ({
          name: "CPUUtilization",
          dimensions: { InstanceId },
          value: give(index),
          unit: "Percent",
          at: Date.now(),
          storageResolution: 1,
        }));
        return [{ kind: "metrics", accountId, region: "us-east-1", namespace: "AWS/EC2", data }];
      });
      return {
        /** Gives each server its CPU utilization from now on, by its place in the order of launch. */
        use: (percent: (index: number) => number) => {
          percentOf = percent;
        },
        /** The newest minute of a metric. */
        statistic: async (namespace: string, name: string, dimensions: Readonly<Record<string, string>>) => {
          const cloudWatch = new CloudWatch(emulator.clientConfig(accountId));
          const { Datapoints = [] } = await cloudWatch.getMetricStatistics({
            Namespace: namespace,
            MetricName: name,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            StartTime: new Date(Date.now() - 300_000),
            EndTime: new Date(Date.now() + 60_000),
            Period: 60,
            Statistics: ["Average", "Maximum", "SampleCount"],
          });
          return Datapoints.sort((a, b) => (b.Timestamp?.getTime() ?? 0) - (a.Timestamp?.getTime() ?? 0))[0];
        },
      };
    },
  };
}
