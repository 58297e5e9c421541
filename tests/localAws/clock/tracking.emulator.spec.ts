import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

import { bootTimes } from "../../../components/wordpressFleet/bootTimes";
import type { FleetSettings } from "../../../components/wordpressFleet/options";
import { fleetSettings } from "../../../components/wordpressFleet/settings";
import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { shippedStacks } from "../../support/stackFile";
import { clientsOf, groupOf, makeGroup, present } from "../emulator/fleet";

describe("target tracking in the emulator", () => {
  const emulator = useEmulator({ clock: true });

  /** A group `web` that tracks its CPU, and how to put a load on it, once. */
  async function trackedGroup(given: {
    readonly sizes: { readonly min: number; readonly desired: number; readonly max: number };
    readonly cpuPercent: number;
    readonly scaleIn?: boolean;
    readonly warmUpSeconds?: number;
  }) {
    const config = emulator.clientConfig(emulator.newAccountId());
    const clients = clientsOf(config);
    const cloudWatch = new CloudWatch(config);
    await makeGroup(clients, given.sizes);
    await clients.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      DefaultInstanceWarmup: given.warmUpSeconds ?? 60,
    });
    const { Alarms } = await clients.autoScaling.putScalingPolicy({
      AutoScalingGroupName: "web",
      PolicyName: "cpu",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
        TargetValue: given.cpuPercent,
        DisableScaleIn: given.scaleIn === false,
      },
    });
    const alarms = (Alarms ?? []).map(({ AlarmName }) => present(AlarmName));
    return {
      ...clients,
      cloudWatch,
      high: alarms.find((name) => name.includes("AlarmHigh")),
      low: alarms.find((name) => name.includes("AlarmLow")),
      put: (percent: number) =>
        cloudWatch.putMetricData({
          Namespace: "AWS/EC2",
          MetricData: [
            {
              MetricName: "CPUUtilization",
              Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
              Value: percent,
              Unit: "Percent",
            },
          ],
        }),
      has: (servers: number) =>
        eventually(`${servers} servers`, async () =>
          (await groupOf(clients)).Instances?.length === servers ? true : undefined,
        ),
      states: async () => {
        const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ AlarmNames: alarms });
        return MetricAlarms.map(({ StateValue }) => StateValue);
      },
      causes: async () => {
        const { Activities } = await clients.autoScaling.describeScalingActivities({
          AutoScalingGroupName: "web",
        });
        return (Activities ?? []).map(({ Cause }) => Cause ?? "");
      },
    };
  }

  /** They wait for warm-ups and alarms, so all of them run at the same time. */
  const scenarios: Readonly<Record<string, () => Promise<void>>> = {
    ...Object.fromEntries(
      shippedStacks().map((stack) => [
        `grows under a load and shrinks when it falls, with the settings of ${stack}`,
        () => loadUpAndDown(stackFleet(stack)),
      ]),
    ),

    "grows after three minutes and shrinks after fifteen, in the emulator's time, and names the alarms":
      async () => {
        const group = await trackedGroup({ sizes: { min: 1, desired: 1, max: 2 }, cpuPercent: 50 });
        const up = Date.now();
        await group.put(95);
        await group.has(2);
        // The metric's timestamp is a whole second.
        expect(Date.now() - up).to.be.at.least(2_000);
        const down = Date.now();
        await group.put(2);
        await group.has(1);
        expect(Date.now() - down).to.be.at.least(14_000);
        expect(await group.states()).to.deep.equal(["OK", "ALARM"]);
        expectCauses(await group.causes(), group);
      },

    "waits for the warm-up of new servers before it shrinks": async () => {
      const group = await trackedGroup({
        sizes: { min: 1, desired: 1, max: 2 },
        cpuPercent: 50,
        warmUpSeconds: 1_500,
      });
      await group.put(95);
      await group.has(2);
      const grown = Date.now();
      await group.put(2);
      await group.has(1);
      expect(Date.now() - grown).to.be.at.least(23_000);
    },

    "spreads one load over the servers, and grows no further once the average is below the target":
      async () => {
        const group = await trackedGroup({
          sizes: { min: 1, desired: 2, max: 6 },
          cpuPercent: 50,
          warmUpSeconds: 0,
        });
        await group.put(95);
        await group.has(4);
        await eventually("an alarm that ended", async () => {
          const [high] = await group.states();
          return high === "OK" ? true : undefined;
        });
        expect((await groupOf(group)).DesiredCapacity).to.equal(4);
      },

    "never shrinks a group whose policy may not scale in, nor ends a protected server": async () => {
      const fixed = await trackedGroup({
        sizes: { min: 1, desired: 2, max: 2 },
        cpuPercent: 50,
        scaleIn: false,
      });
      const guarded = await trackedGroup({ sizes: { min: 1, desired: 3, max: 3 }, cpuPercent: 50 });
      const [kept, other] = (await groupOf(guarded)).Instances ?? [];
      await guarded.autoScaling.setInstanceProtection({
        AutoScalingGroupName: "web",
        InstanceIds: [present(kept?.InstanceId), present(other?.InstanceId)],
        ProtectedFromScaleIn: true,
      });
      await fixed.put(2);
      await guarded.put(2);
      await guarded.has(2);
      expect(fixed.low).to.be.undefined;
      expect((await groupOf(fixed)).Instances).to.have.length(2);
      const { Instances } = await groupOf(guarded);
      expect(Instances?.map(({ InstanceId }) => InstanceId)).to.have.members([
        kept?.InstanceId,
        other?.InstanceId,
      ]);
    },
  };

  const runs = new Map<string, Promise<void>>();
  before(() => {
    for (const [title, run] of Object.entries(scenarios)) {
      const running = run();
      // Its own test reports it.
      running.catch(() => undefined);
      runs.set(title, running);
    }
  });
  for (const title of Object.keys(scenarios)) it(title, () => present(runs.get(title)));

  async function loadUpAndDown(fleet: FleetSettings): Promise<void> {
    const { cpuPercent, scaleIn } = present(fleet.targetTracking);
    const { min, desired, max } = fleet.capacity;
    const { warmupSeconds } = bootTimes(fleet);
    const group = await trackedGroup({
      sizes: { min, desired, max },
      cpuPercent,
      scaleIn,
      warmUpSeconds: warmupSeconds,
    });
    await group.put(95);
    await group.has(Math.min(max, Math.ceil((desired * 95) / cpuPercent)));
    await group.put(2);
    await group.has(min);
  }

  it("creates AWS's two alarms for a policy, and deletes them with the group", async () => {
    const group = await trackedGroup({ sizes: { min: 0, desired: 0, max: 1 }, cpuPercent: 80 });
    const { MetricAlarms } = await group.cloudWatch.describeAlarms({});
    const [high, low] = present(MetricAlarms);
    expect(high).to.deep.include({
      MetricName: "CPUUtilization",
      Namespace: "AWS/EC2",
      Statistic: "Average",
      Dimensions: [{ Name: "AutoScalingGroupName", Value: "web" }],
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 80,
      ComparisonOperator: "GreaterThanThreshold",
      StateValue: "INSUFFICIENT_DATA",
    });
    expect(low).to.include({
      EvaluationPeriods: 15,
      Threshold: 72,
      ComparisonOperator: "LessThanThreshold",
    });
    expect(high?.AlarmName).to.match(/^TargetTracking-web-AlarmHigh-[0-9a-f-]{36}$/);
    const { ScalingPolicies } = await group.autoScaling.describePolicies({});
    expect(ScalingPolicies?.[0]?.Alarms).to.deep.equal(
      [high, low].map((alarm) => ({ AlarmName: alarm?.AlarmName, AlarmARN: alarm?.AlarmArn })),
    );
    expect(high?.AlarmActions).to.deep.equal([ScalingPolicies?.[0]?.PolicyARN]);
    await group.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: "web" });
    expect((await group.cloudWatch.describeAlarms({})).MetricAlarms).to.be.empty;
  });
});

function stackFleet(stack: string): FleetSettings {
  const text = readFileSync(path.join(__dirname, "../../..", `Pulumi.${stack}.yaml`), "utf8");
  const { config } = z.object({ config: z.record(z.string(), z.unknown()) }).parse(parse(text));
  return fleetSettings.parse(config["wordpress:fleet"]);
}

function expectCauses(
  causes: readonly string[],
  { high, low }: { readonly high: string | undefined; readonly low: string | undefined },
): void {
  const [shrunk, grown, created] = causes.map((cause) =>
    cause.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "T").replace(/i-[0-9a-f]{17}/g, "i-1"),
  );
  expect(created).to.equal(
    "At T a user request created an AutoScalingGroup changing the desired capacity from 0 to 1.  " +
      "At T an instance was started in response to a difference between desired and actual capacity, " +
      "increasing the capacity from 0 to 1.",
  );
  expect(grown).to.equal(
    `At T a monitor alarm ${present(high)} in state ALARM triggered policy cpu ` +
      "changing the desired capacity from 1 to 2.  " +
      "At T an instance was started in response to a difference between desired and actual capacity, " +
      "increasing the capacity from 1 to 2.",
  );
  expect(shrunk).to.equal(
    `At T a monitor alarm ${present(low)} in state ALARM triggered policy cpu ` +
      "changing the desired capacity from 2 to 1.  " +
      "At T an instance was taken out of service in response to a difference between desired and actual " +
      "capacity, shrinking the capacity from 2 to 1.  At T instance i-1 was selected for termination.",
  );
}
