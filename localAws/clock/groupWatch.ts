import type {
  AutoScalingGroup,
  ScalingPolicy,
  ScheduledUpdateGroupAction,
} from "@aws-sdk/client-auto-scaling";

import { messageOf } from "../../cli/failure";
import type { EmulatorApi } from "../emulator";
import type { AwsClients } from "../providers/aws/clients";
import type { AlarmWatch } from "./alarmWatch";
import { watchLoads } from "./loadWatch";
import { type MeasuredPolicy, watchMeasuredPolicy } from "./measuredPolicy";
import { type PolicyWatch, watchPolicy } from "./policyWatch";
import { isDue } from "./scheduledAction";
import { isSuspended } from "./trackingPolicy";

/** The Auto Scaling groups of one account in one region. */
export interface GroupWatch {
  /** Reads their scheduled actions and policies again. */
  readonly read: () => Promise<void>;
  /** Runs the scheduled actions that became due since the last tick. */
  readonly act: (now: number) => Promise<void>;
  /**
   * Scales the groups that track a metric that a user puts.
   *
   * @param reads whether a load may be new since the last tick.
   * @returns whether a later tick may scale a group without any change.
   */
  readonly track: (now: number, reads: boolean) => Promise<boolean>;
  /** Scales the groups that track a measured metric. */
  readonly trackMeasured: (now: number, secondsPerMinute: number, alarms: AlarmWatch) => Promise<void>;
}

export interface GroupWatchOptions {
  readonly aws: AwsClients;
  readonly api: EmulatorApi;
  /** Actions that were due before this instant do not run. */
  readonly since: number;
  readonly log: (line: string) => void;
}

interface Tracked {
  readonly policy: ScalingPolicy;
  readonly watch: PolicyWatch;
  readonly measured: MeasuredPolicy;
}

export function watchGroups(options: GroupWatchOptions): GroupWatch {
  const { aws, log } = options;
  const loads = watchLoads(aws);
  let actions: readonly ScheduledUpdateGroupAction[] = [];
  let tracked: ReadonlyMap<string, Tracked> = new Map();
  let actedUntil = options.since;

  return {
    read: async () => {
      const autoScaling = await aws.autoScaling();
      const [described, tracking] = await Promise.all([
        autoScaling.describeScheduledActions({}),
        autoScaling.describePolicies({ PolicyTypes: ["TargetTrackingScaling"] }),
      ]);
      actions = described.ScheduledUpdateGroupActions ?? [];
      const policies = (tracking.ScalingPolicies ?? []).filter(followsCpu);
      tracked = new Map(
        policies.map((policy) => {
          const key = versionOf(policy);
          const watch = () => ({
            policy,
            watch: watchPolicy(options, policy),
            measured: watchMeasuredPolicy(options, policy),
          });
          return [key, tracked.get(key) ?? watch()];
        }),
      );
    },
    act: async (now) => {
      const due = actions.filter((action) => isDue(timingOf(action), actedUntil, now));
      actedUntil = now;
      for (const action of due) {
        await logged(log, action.ScheduledActionName, () => perform(options, action));
      }
    },
    track: async (now, reads) => {
      let pending = false;
      for (const { policy, watch } of tracked.values()) {
        await logged(log, policy.PolicyName, async () => {
          const group = await findGroup(aws, policy.AutoScalingGroupName);
          if (group === undefined) return;
          const load = reads ? await loads.read(group, now) : loads.known(group);
          if (await watch.track(group, load, now)) pending = true;
        });
      }
      return pending;
    },
    trackMeasured: async (now, secondsPerMinute, alarms) => {
      if (tracked.size === 0) return;
      const measured = await options.api.measured(aws.accountId);
      for (const { policy, measured: watch } of tracked.values()) {
        await logged(log, policy.PolicyName, async () => {
          const group = await findGroup(aws, policy.AutoScalingGroupName);
          if (group === undefined) return;
          const own = measured.find(
            (each) => each.region === aws.region && each.group === policy.AutoScalingGroupName,
          );
          const measuredSince = Object.values(own?.since ?? {});
          await watch.track(group, { now, secondsPerMinute, measuredSince, alarm: alarms.latest });
        });
      }
    },
  };
}

async function logged(log: (line: string) => void, name: string | undefined, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    log(`${name ?? ""}: ${messageOf(error)}`);
  }
}

function followsCpu({ Enabled, TargetTrackingConfiguration }: ScalingPolicy): boolean {
  const metric = TargetTrackingConfiguration?.PredefinedMetricSpecification?.PredefinedMetricType;
  return Enabled !== false && metric === "ASGAverageCPUUtilization";
}

/** AWS replaces the alarms of a policy with each change of the policy. */
function versionOf({ PolicyARN = "", Alarms = [] }: ScalingPolicy): string {
  return [PolicyARN, ...Alarms.map(({ AlarmARN }) => AlarmARN)].join(" ");
}

function timingOf(action: ScheduledUpdateGroupAction) {
  return {
    ...(action.Recurrence === undefined ? {} : { recurrence: action.Recurrence }),
    ...(action.TimeZone === undefined ? {} : { timeZone: action.TimeZone }),
    ...(action.StartTime === undefined ? {} : { start: action.StartTime.getTime() }),
    ...(action.EndTime === undefined ? {} : { end: action.EndTime.getTime() }),
  };
}

async function perform({ aws, api, log }: GroupWatchOptions, action: ScheduledUpdateGroupAction) {
  const group = await findGroup(aws, action.AutoScalingGroupName);
  if (group === undefined || isSuspended(group, "ScheduledActions")) return;
  const { AutoScalingGroupName = "", ScheduledActionName = "", MinSize, MaxSize, DesiredCapacity } = action;
  const refusal = await api.scale(aws.accountId, {
    region: aws.region,
    group: AutoScalingGroupName,
    name: ScheduledActionName,
    sizes: {
      ...(MinSize === undefined ? {} : { min: MinSize }),
      ...(MaxSize === undefined ? {} : { max: MaxSize }),
      ...(DesiredCapacity === undefined ? {} : { desired: DesiredCapacity }),
    },
  });
  const outcome = refusal === undefined ? "" : `: ${refusal}`;
  log(`${AutoScalingGroupName}: scheduled action ${ScheduledActionName}${outcome}`);
}

async function findGroup(aws: AwsClients, name: string | undefined): Promise<AutoScalingGroup | undefined> {
  if (name === undefined) return undefined;
  const autoScaling = await aws.autoScaling();
  const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({
    AutoScalingGroupNames: [name],
  });
  return AutoScalingGroups?.[0];
}
