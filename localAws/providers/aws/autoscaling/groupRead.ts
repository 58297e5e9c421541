import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { GroupArgs, GroupState } from "@pulumi/aws/autoscaling";
import type { input } from "@pulumi/aws/types";

import type { AwsClients } from "../clients";
import type { Properties } from "../resourceType";
import { present, reading, type Known } from "../values";
import { findGroup } from "./groupSettings";

export async function readGroup(
  aws: AwsClients,
  id: string,
  prior: Properties,
): Promise<Properties | undefined> {
  const found = await findGroup(aws, id);
  if (found === undefined) return undefined;
  return present({
    arn: found.AutoScalingGroupARN,
    availabilityZones: found.AvailabilityZones,
    capacityRebalance: found.CapacityRebalance,
    defaultCooldown: found.DefaultCooldown,
    defaultInstanceWarmup: found.DefaultInstanceWarmup === -1 ? undefined : found.DefaultInstanceWarmup,
    desiredCapacity: found.DesiredCapacity,
    enabledMetrics: (found.EnabledMetrics ?? []).flatMap(({ Metric }) => Metric ?? []),
    healthCheckGracePeriod: found.HealthCheckGracePeriod,
    healthCheckType: found.HealthCheckType,
    launchTemplate: launchTemplate(found),
    maxInstanceLifetime: found.MaxInstanceLifetime,
    maxSize: found.MaxSize,
    metricsGranularity: reading<GroupArgs>(prior).string("metricsGranularity") ?? "1Minute",
    minSize: found.MinSize,
    name: found.AutoScalingGroupName,
    protectFromScaleIn: found.NewInstancesProtectedFromScaleIn,
    serviceLinkedRoleArn: found.ServiceLinkedRoleARN,
    suspendedProcesses: (found.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []),
    tags: tags(found),
    targetGroupArns: found.TargetGroupARNs ?? [],
    terminationPolicies: found.TerminationPolicies,
    vpcZoneIdentifiers: found.VPCZoneIdentifier?.split(",").filter((subnet) => subnet !== ""),
  } satisfies Known<GroupState>);
}

function launchTemplate({ LaunchTemplate: template }: AutoScalingGroup): Properties | undefined {
  if (template === undefined) return undefined;
  return present({
    id: template.LaunchTemplateId,
    name: template.LaunchTemplateName,
    version: template.Version,
  } satisfies Known<input.autoscaling.GroupLaunchTemplate>);
}

function tags({ Tags = [] }: AutoScalingGroup): Properties[] {
  // Without AWS's own tags.
  const own = Tags.filter(({ Key }) => Key?.startsWith("aws:") !== true);
  return own.map(({ Key, Value, PropagateAtLaunch }) =>
    present({
      key: Key,
      propagateAtLaunch: PropagateAtLaunch ?? false,
      value: Value ?? "",
    } satisfies Known<input.autoscaling.GroupTag>),
  );
}
