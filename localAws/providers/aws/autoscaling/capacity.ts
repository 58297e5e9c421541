import type { Instance } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs } from "@pulumi/aws/autoscaling";

import type { AwsClients } from "../clients";
import type { Properties } from "../resourceType";
import { reading } from "../values";
import { waitUntil } from "../wait";
import { durationSeconds } from "./duration";
import { findGroup } from "./groupSettings";

/**
 * Waits until the group's desired number of servers is in service, and `healthyTargets` of them are healthy in each of
 * its target groups. `waitForCapacityTimeout` is the time limit; "0" does not wait.
 * @throws at the time limit, with the servers in service and the group's last failure.
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

/** The reason of the last failed launch, for the error message. */
async function lastFailure(aws: AwsClients, AutoScalingGroupName: string): Promise<string> {
  const { Activities = [] } = await (
    await aws.autoScaling()
  ).describeScalingActivities({ AutoScalingGroupName });
  const failed = Activities.find(({ StatusCode }) => StatusCode === "Failed");
  return failed?.StatusMessage ?? "The group reports no failed launch.";
}
