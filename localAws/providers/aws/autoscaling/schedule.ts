import type { ScheduledUpdateGroupAction } from "@aws-sdk/client-auto-scaling";
import type { ScheduleArgs, ScheduleState } from "@pulumi/aws/autoscaling";

import type { AwsClients } from "../clients";
import { unlessGone } from "../gone";
import { importedByPair } from "../importId";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { checkSchedule, unchanged } from "./scheduleCheck";

/** A scheduled action. Its id is its name; the state has the group. */
export const schedule: ResourceType<ScheduleArgs> = {
  token: "aws:autoscaling/schedule:Schedule",
  properties: {
    autoscalingGroupName: { required: true, replace: true },
    desiredCapacity: { default: 0 },
    endTime: { computed: true },
    maxSize: { default: 0 },
    minSize: { default: 0 },
    recurrence: { computed: true },
    scheduledActionName: { required: true, replace: true },
    startTime: { computed: true },
    timeZone: { computed: true },
  },
  check: checkSchedule,
  async create(aws, inputs) {
    await put(aws, inputs);
    return { id: reading<ScheduleArgs>(inputs).requiredString("scheduledActionName") };
  },
  async read(aws, id, prior) {
    const found = await find(aws, id, prior);
    if (found === undefined) return undefined;
    return present({
      arn: found.ScheduledActionARN,
      autoscalingGroupName: found.AutoScalingGroupName,
      desiredCapacity: found.DesiredCapacity ?? unchanged,
      endTime: timeOf(found.EndTime),
      maxSize: found.MaxSize ?? unchanged,
      minSize: found.MinSize ?? unchanged,
      recurrence: found.Recurrence,
      scheduledActionName: found.ScheduledActionName,
      startTime: timeOf(found.StartTime),
      timeZone: found.TimeZone,
    } satisfies Known<ScheduleState>);
  },
  /** Import id: `group/action`. */
  imported: importedByPair("/", (autoscalingGroupName, id) => ({ id, prior: { autoscalingGroupName } })),
  async update(aws, { new: inputs }) {
    await put(aws, inputs);
  },
  async delete(aws, id, state) {
    const found = await find(aws, id, state);
    if (found === undefined) return;
    const { AutoScalingGroupName, ScheduledActionName } = found;
    await (await aws.autoScaling()).deleteScheduledAction({ AutoScalingGroupName, ScheduledActionName });
  },
};

async function put(aws: AwsClients, inputs: Properties): Promise<void> {
  const from = reading<ScheduleArgs>(inputs);
  const capacity = (name: keyof ScheduleArgs) => {
    const given = from.number(name);
    return given === unchanged ? undefined : given;
  };
  const time = (name: keyof ScheduleArgs) => {
    const given = from.string(name);
    return given === undefined ? undefined : new Date(given);
  };
  await (
    await aws.autoScaling()
  ).putScheduledUpdateGroupAction({
    AutoScalingGroupName: from.requiredString("autoscalingGroupName"),
    DesiredCapacity: capacity("desiredCapacity"),
    EndTime: time("endTime"),
    MaxSize: capacity("maxSize"),
    MinSize: capacity("minSize"),
    Recurrence: from.string("recurrence"),
    ScheduledActionName: from.requiredString("scheduledActionName"),
    StartTime: time("startTime"),
    TimeZone: from.string("timeZone"),
  });
}

async function find(
  aws: AwsClients,
  id: string,
  state: Properties,
): Promise<ScheduledUpdateGroupAction | undefined> {
  const AutoScalingGroupName = reading<ScheduleState>(state).string("autoscalingGroupName");
  // Auto Scaling returns a validation error if the group does not exist.
  const answer = await unlessGone(
    (await aws.autoScaling()).describeScheduledActions({ AutoScalingGroupName, ScheduledActionNames: [id] }),
    "ValidationError",
  );
  return answer?.ScheduledUpdateGroupActions?.[0];
}

/** The SDK's format of times: whole seconds, UTC. */
function timeOf(date: Date | undefined): string | undefined {
  return date?.toISOString().replace(/\.\d+Z$/, "Z");
}
