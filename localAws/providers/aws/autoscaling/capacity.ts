import type { Instance } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs } from "@pulumi/aws/autoscaling";

import type { AwsClients } from "../clients";
import type { Properties } from "../resourceType";
import { reading } from "../values";
import { waitUntil } from "../wait";
import { durationSeconds } from "./duration";
import { findGroup } from "./groupSettings";

/**
 * Waits until the group has the servers it shall have, in service, and `healthyTargets` of them healthy behind
 * each of its load balancers. `waitForCapacityTimeout` says for how long; "0" does not wait.
 * @throws when the time is over: the servers that are there, and what the group says of its attempts.
 */
export async function untilCapacity(
  aws: AwsClients,
  name: string,
  inputs: Properties,
  healthyTargets: number | undefined,
): Promise<void> {
  const from = reading<GroupArgs>(inputs);
  const withinSeconds = durationSeconds(from.string("waitForCapacityTimeout") ?? "10m") ?? 600;
  if (withinSeconds === 0) return;
  const wanted = from.number("desiredCapacity") ?? from.requiredNumber("minSize");
  let seen = "no group";
  const reached = await waitUntil(withinSeconds, async () => {
    const found = await findGroup(aws, name);
    const ready = (found?.Instances ?? []).filter(inService).length;
    seen = `${String(ready)} of ${String(wanted)} servers in service`;
    if (found === undefined || ready < wanted) return false;
    if (healthyTargets === undefined) return true;
    for (const arn of found.TargetGroupARNs ?? []) {
      const healthy = await healthyIn(aws, arn);
      seen = `${String(healthy)} of ${String(healthyTargets)} targets healthy in ${arn}`;
      if (healthy < healthyTargets) return false;
    }
    return true;
  });
  if (!reached) {
    throw new Error(
      `${name}: ${seen} after ${String(withinSeconds)} seconds (waitForCapacityTimeout). ${await lastFailure(aws, name)}`,
    );
  }
}

function inService({ LifecycleState, HealthStatus }: Instance): boolean {
  return LifecycleState === "InService" && HealthStatus?.toLowerCase() === "healthy";
}

async function healthyIn(aws: AwsClients, TargetGroupArn: string): Promise<number> {
  const { TargetHealthDescriptions = [] } = await (
    await aws.elbv2()
  ).describeTargetHealth({ TargetGroupArn });
  return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === "healthy").length;
}

/** Why the last attempt to launch a server failed, if one did: the error alone says nothing of it. */
async function lastFailure(aws: AwsClients, AutoScalingGroupName: string): Promise<string> {
  const { Activities = [] } = await (
    await aws.autoScaling()
  ).describeScalingActivities({ AutoScalingGroupName });
  const failed = Activities.find(({ StatusCode }) => StatusCode === "Failed");
  return failed?.StatusMessage ?? "The group tells of no failed launch.";
}
