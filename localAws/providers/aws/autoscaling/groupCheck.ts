import type { GroupArgs } from "@pulumi/aws/autoscaling";

import type { CheckFailure, Properties } from "../resourceType";
import { reading } from "../values";
import { durationSeconds } from "./duration";

/**
 * Values that Auto Scaling refuses. A desired capacity out of bounds is not checked: a program that ignores its changes
 * passes an old value, which is not sent. AWS refuses a sent one.
 * Source: EC2 Auto Scaling API reference, CreateAutoScalingGroup.
 */
export function checkGroup(inputs: Properties): readonly CheckFailure[] {
  const from = reading<GroupArgs>(inputs);
  const failures: CheckFailure[] = [];
  const refuse = (property: keyof GroupArgs, reason: string) => failures.push({ property, reason });

  const min = from.requiredNumber("minSize");
  const max = from.requiredNumber("maxSize");
  if (min < 0) refuse("minSize", `${String(min)} - allowed: 0 and more`);
  if (min > max) refuse("minSize", `${String(min)} - allowed: at most maxSize, ${String(max)}`);
  const health = from.string("healthCheckType");
  if (health !== undefined && health !== "EC2" && health !== "ELB") {
    refuse("healthCheckType", `${health} - allowed: EC2, ELB`);
  }
  const lifetime = from.number("maxInstanceLifetime") ?? 0;
  if (lifetime !== 0 && (lifetime < 86_400 || lifetime > 31_536_000)) {
    refuse("maxInstanceLifetime", `${String(lifetime)} - allowed: 0, or 86400 to 31536000 seconds`);
  }
  const timeout = from.string("waitForCapacityTimeout");
  if (timeout !== undefined && durationSeconds(timeout) === undefined) {
    refuse("waitForCapacityTimeout", `${timeout} - allowed: a duration such as 10m, 1h30m or 0`);
  }
  return failures;
}
