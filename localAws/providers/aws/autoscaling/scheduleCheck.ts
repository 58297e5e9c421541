import type { ScheduleArgs } from "@pulumi/aws/autoscaling";

import { isRecurrence, recurrenceAllowed } from "../../../../components/schedules/recurrence";
import { timeZone } from "../../../../components/settings/kinds";
import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";

/** The SDK's value for "do not change this number". It is not sent to AWS. */
export const unchanged = -1;

/** Values that AWS refuses. Source: EC2 Auto Scaling API reference, PutScheduledUpdateGroupAction. */
export function checkSchedule(inputs: Properties): readonly CheckFailure[] {
  const from = reading<ScheduleArgs>(inputs);
  const failures: CheckFailure[] = [];
  const refuse = (property: keyof ScheduleArgs, reason: string) => failures.push({ property, reason });
  const recurrence = from.string("recurrence");
  const start = from.string("startTime");
  const zone = from.string("timeZone");
  if (recurrence !== undefined && !isRecurrence(recurrence)) {
    refuse("recurrence", `${recurrence} - allowed: ${recurrenceAllowed}`);
  }
  if (recurrence === undefined && start === undefined) {
    refuse("recurrence", "missing, and so is startTime: AWS needs one of them");
  }
  if (zone !== undefined && !timeZone().safeParse(zone).success) {
    refuse("timeZone", `${zone} - allowed: an IANA time zone, e.g. Asia/Seoul`);
  }
  for (const name of ["startTime", "endTime"] as const) {
    const time = from.string(name);
    if (time !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time)) {
      refuse(name, `${time} - allowed: YYYY-MM-DDThh:mm:ssZ, in UTC`);
    }
  }
  return [...failures, ...checkSizes(inputs)];
}

function checkSizes(inputs: Properties): readonly CheckFailure[] {
  const from = reading<ScheduleArgs>(inputs);
  const sizes = (["minSize", "desiredCapacity", "maxSize"] as const)
    .map((name) => ({ name, value: from.number(name) ?? 0 }))
    .filter(({ value }) => value !== unchanged);
  if (sizes.length === 0) {
    return [
      {
        property: "minSize",
        reason: "-1, as desiredCapacity and maxSize are: the action would change nothing",
      },
    ];
  }
  return sizes.flatMap(({ name, value }, index) => {
    const before = sizes[index - 1];
    return before === undefined || before.value <= value
      ? []
      : [
          {
            property: name,
            reason: `${String(value)} - allowed: at least ${before.name}, ${String(before.value)}`,
          },
        ];
  });
}
