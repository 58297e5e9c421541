import type { ScheduleArgs, ScheduleState } from "@pulumi/aws/scheduler";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import { unlessGone } from "../gone";
import type { Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { checkSchedule } from "./scheduleCheck";
import { fromTarget, targetRules, toTarget } from "./target";

/** A schedule of EventBridge Scheduler. Its id is `group/name`. */
export const schedule: ResourceType<ScheduleArgs> = {
  token: "aws:scheduler/schedule:Schedule",
  properties: {
    actionAfterCompletion: { default: "NONE" },
    description: {},
    endDate: {},
    flexibleTimeWindow: {
      required: true,
      nested: { maximumWindowInMinutes: {}, mode: { required: true } },
    },
    groupName: { replace: true, default: "default" },
    kmsKeyArn: {},
    name: { replace: true, autoName: { maxLength: 64 } },
    scheduleExpression: { required: true },
    scheduleExpressionTimezone: { default: "UTC" },
    startDate: {},
    state: { default: "ENABLED" },
    target: { required: true, nested: targetRules },
  },
  check: checkSchedule,
  async create(aws, inputs) {
    const wanted = scheduleOf(inputs);
    await (await aws.scheduler()).createSchedule(wanted);
    return { id: `${wanted.GroupName}/${wanted.Name}` };
  },
  async read(aws, id) {
    const found = await unlessGone(
      (await aws.scheduler()).getSchedule(partsOf(id)),
      "ResourceNotFoundException",
    );
    if (found === undefined) return undefined;
    const window = found.FlexibleTimeWindow;
    return present({
      actionAfterCompletion: found.ActionAfterCompletion ?? "NONE",
      arn: found.Arn,
      description: found.Description,
      endDate: timeOf(found.EndDate),
      flexibleTimeWindow: present({
        maximumWindowInMinutes: window?.MaximumWindowInMinutes,
        mode: window?.Mode,
      } satisfies Known<input.scheduler.ScheduleFlexibleTimeWindow>),
      groupName: found.GroupName,
      kmsKeyArn: found.KmsKeyArn,
      name: found.Name,
      scheduleExpression: found.ScheduleExpression,
      scheduleExpressionTimezone: found.ScheduleExpressionTimezone ?? "UTC",
      startDate: timeOf(found.StartDate),
      state: found.State,
      target: fromTarget(found.Target),
    } satisfies Known<ScheduleState>);
  },
  async update(aws, { new: inputs }) {
    // UpdateSchedule replaces the whole schedule: omitted settings return to their defaults.
    await (await aws.scheduler()).updateSchedule(scheduleOf(inputs));
  },
  async delete(aws, id) {
    await unlessGone((await aws.scheduler()).deleteSchedule(partsOf(id)), "ResourceNotFoundException");
  },
};

function scheduleOf(inputs: Properties) {
  const from = reading<ScheduleArgs>(inputs);
  const window = reading<input.scheduler.ScheduleFlexibleTimeWindow>(from.object("flexibleTimeWindow") ?? {});
  return {
    ActionAfterCompletion: choice(
      "actionAfterCompletion",
      ["DELETE", "NONE"],
      from.string("actionAfterCompletion"),
    ),
    Description: from.string("description"),
    EndDate: dateOf(from.string("endDate")),
    FlexibleTimeWindow: {
      MaximumWindowInMinutes: window.number("maximumWindowInMinutes"),
      Mode: choice("flexibleTimeWindow.mode", ["FLEXIBLE", "OFF"], window.requiredString("mode")),
    },
    GroupName: from.requiredString("groupName"),
    KmsKeyArn: from.string("kmsKeyArn"),
    Name: from.requiredString("name"),
    ScheduleExpression: from.requiredString("scheduleExpression"),
    ScheduleExpressionTimezone: from.string("scheduleExpressionTimezone"),
    StartDate: dateOf(from.string("startDate")),
    State: choice("state", ["DISABLED", "ENABLED"], from.string("state")),
    Target: toTarget(from.object("target") ?? {}),
  };
}

function partsOf(id: string) {
  const [GroupName, Name] = id.split("/");
  return { GroupName, Name };
}

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

/** The SDK's format of times: whole seconds, UTC. */
function timeOf(date: Date | undefined): string | undefined {
  return date?.toISOString().replace(/\.\d+Z$/, "Z");
}
