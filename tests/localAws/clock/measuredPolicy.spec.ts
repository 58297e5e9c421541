import type { AutoScalingGroup, ScalingPolicy } from "@aws-sdk/client-auto-scaling";
import type { StateValue } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";

import { watchMeasuredPolicy } from "../../../localAws/clock/measuredPolicy";
import { emulatorApi } from "../../../localAws/emulator";
import type { Scaling } from "../../../localAws/emulator/api";
import { awsClients } from "../../../localAws/providers/aws/clients";

const endpoint = "http://127.0.0.1:9";
const start = Date.parse("2026-03-02T09:00:00Z");
const high = "TargetTracking-web-AlarmHigh-1";
const low = "TargetTracking-web-AlarmLow-1";

/** A policy of the group `web` with a target of 80 %, and the changes that it made. */
function tracked(given: Partial<AutoScalingGroup> = {}, policy: Partial<ScalingPolicy> = {}) {
  const changes: Scaling[] = [];
  const watch = watchMeasuredPolicy(
    {
      aws: awsClients({ endpoint, region: "us-east-1", accountId: "123456789012" }),
      api: {
        ...emulatorApi(endpoint),
        scale: (_accountId, scaling) => {
          changes.push(scaling);
          return Promise.resolve(undefined);
        },
      },
      log: () => undefined,
    },
    {
      PolicyName: "cpu",
      AutoScalingGroupName: "web",
      Alarms: [{ AlarmName: high }, { AlarmName: low }],
      TargetTrackingConfiguration: { TargetValue: 80 },
      ...policy,
    },
  );
  const group: AutoScalingGroup = {
    AutoScalingGroupName: "web",
    MinSize: 1,
    MaxSize: 4,
    DesiredCapacity: 1,
    DefaultCooldown: 10,
    DefaultInstanceWarmup: 300,
    AvailabilityZones: [],
    HealthCheckType: "ELB",
    CreatedTime: new Date(start),
    ...given,
  };
  const track = async (
    states: { readonly high?: StateValue; readonly low?: StateValue },
    cpu: number,
    {
      now = start,
      measuredSince = [start - 1],
      desired = group.DesiredCapacity ?? 0,
      secondsPerMinute = 60,
    } = {},
  ) => {
    await watch.track(
      { ...group, DesiredCapacity: desired },
      {
        now,
        secondsPerMinute,
        measuredSince,
        alarm: (name) => ({
          state: (name === high ? states.high : states.low) ?? "OK",
          newest: { at: now, value: cpu },
        }),
      },
    );
    return changes.splice(0).map(({ sizes, alarm }) => [sizes.desired, alarm]);
  };
  return track;
}

describe("a target tracking policy on measured servers", () => {
  it("scales out while AlarmHigh is in ALARM, and names it", async () => {
    const track = tracked();
    expect(await track({}, 100)).to.be.empty;
    expect(await track({ high: "ALARM" }, 100)).to.deep.equal([[2, high]]);
  });

  it("does not scale out again for servers that warm up, but for more load than they carry", async () => {
    const track = tracked();
    expect(await track({ high: "ALARM" }, 100, { desired: 2 })).to.be.empty;
    const steep = tracked({}, { TargetTrackingConfiguration: { TargetValue: 30 } });
    expect(await steep({ high: "ALARM" }, 100, { desired: 2 })).to.deep.equal([[4, high]]);
  });

  it("does not count a server whose values are not in the metric yet", async () => {
    const track = tracked();
    expect(await track({ high: "ALARM" }, 100, { desired: 2, measuredSince: [start - 1, start + 1] })).to.be
      .empty;
  });

  it("scales in while AlarmLow is in ALARM, after the warm-up of the scale-in before", async () => {
    const track = tracked();
    const three = [start - 3, start - 2, start - 1];
    expect(await track({ low: "ALARM" }, 50, { desired: 3, measuredSince: three })).to.deep.equal([[2, low]]);
    const later = (now: number, secondsPerMinute = 60) =>
      track({ low: "ALARM" }, 20, { desired: 2, measuredSince: three.slice(1), now, secondsPerMinute });
    expect(await later(start + 299_000)).to.be.empty;
    expect(await later(start + 26_000, 5)).to.deep.equal([[1, low]]);
  });

  it("does not scale in while a server warms up", async () => {
    expect(await tracked()({ low: "ALARM" }, 5, { desired: 3, measuredSince: [start - 1, start - 2] })).to.be
      .empty;
  });

  it("keeps protected servers, and scales in nothing when scale-in is disabled", async () => {
    const Instances = [1, 2].map((number) => ({
      InstanceId: `i-${String(number)}`,
      ProtectedFromScaleIn: true,
      AvailabilityZone: "us-east-1a",
      LifecycleState: "InService" as const,
      HealthStatus: "Healthy",
    }));
    const three = { desired: 3, measuredSince: [start - 3, start - 2, start - 1] };
    expect(await tracked({ Instances })({ low: "ALARM" }, 1, three)).to.deep.equal([[2, low]]);
    const fixed = tracked({}, { TargetTrackingConfiguration: { TargetValue: 80, DisableScaleIn: true } });
    expect(await fixed({ low: "ALARM" }, 1, three)).to.be.empty;
  });

  it("does nothing while AlarmNotification is suspended", async () => {
    const suspended = tracked({ SuspendedProcesses: [{ ProcessName: "AlarmNotification" }] });
    expect(await suspended({ high: "ALARM" }, 100)).to.be.empty;
  });
});
