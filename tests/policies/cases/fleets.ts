import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeSite } from "./parts";

const ended = (program: PolicyCase["program"]) => bad("scale-in-protection", program);
const few = (program: PolicyCase["program"]) => bad("minimum-servers", program);
const group = (changed: Partial<aws.autoscaling.GroupArgs>) => (n: string) =>
  new aws.autoscaling.Group(n, { minSize: 2, maxSize: 3, ...changed });
const schedule = (changed: Partial<aws.autoscaling.ScheduleArgs>) => (n: string) =>
  new aws.autoscaling.Schedule(n, {
    ...{ autoscalingGroupName: "g", scheduledActionName: "s", recurrence: "0 20 * * *" },
    ...changed,
  });
const tracking = (n: string, { name }: aws.autoscaling.Group, disableScaleIn: boolean) =>
  new aws.autoscaling.Policy(n, {
    autoscalingGroupName: name,
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      targetValue: 50,
      disableScaleIn,
    },
  });

/** Fleets in production. */
export const fleets: PolicyCases = {
  "prod-asg-noprotect": ended(group({})),
  "prod-mixed-noprotect": ended(
    group({
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1" } },
      },
    }),
  ),
  "prod-tracking-protected": ended((n) => tracking(n, makeSite(n).group, false)),
  "prod-step-scaling-protected": ended((n) => {
    const { group: fleet } = makeSite(n);
    new aws.autoscaling.Policy(n, {
      autoscalingGroupName: fleet.name,
      ...{ policyType: "StepScaling", adjustmentType: "ChangeInCapacity" },
      stepAdjustments: [{ metricIntervalUpperBound: "0", scalingAdjustment: -1 }],
    });
  }),
  "prod-simple-scaling-protected": ended((n) => {
    const { group: fleet } = makeSite(n);
    new aws.autoscaling.Policy(n, {
      autoscalingGroupName: fleet.name,
      ...{ adjustmentType: "ChangeInCapacity", scalingAdjustment: -1 },
    });
  }),
  "prod-scale-out-noprotect": ended((n) => tracking(n, group({})(n), true)),
  "prod-forcedelete-refresh": ended(
    group({
      ...{ protectFromScaleIn: true, maxInstanceLifetime: 86_400, forceDelete: true },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { scaleInProtectedInstances: "Refresh", minHealthyPercentage: 0 },
      },
    }),
  ),
  "prod-forcedelete": ended(group({ protectFromScaleIn: true, forceDelete: true })),
  "prod-refresh-all": few(
    group({
      protectFromScaleIn: true,
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 0 } },
    }),
  ),
  "prod-one": few(group({ minSize: 1, protectFromScaleIn: true })),
  "prod-schedule-zero": few(schedule({ minSize: 0, desiredCapacity: 0, maxSize: 0 })),
  "prod-schedule-max-one": few(schedule({ minSize: -1, desiredCapacity: -1, maxSize: 1 })),
  "prod-schedule-desired-one": few(schedule({ minSize: -1, desiredCapacity: 1, maxSize: -1 })),
  "prod-launch-suspended": few(group({ protectFromScaleIn: true, suspendedProcesses: ["Launch"] })),
  "prod-replace-suspended": few(
    group({ protectFromScaleIn: true, suspendedProcesses: ["AZRebalance", "ReplaceUnhealthy"] }),
  ),
  "prod-eks-one": few(
    (n) =>
      new aws.eks.NodeGroup(n, {
        ...{ clusterName: "c", nodeRoleArn: "r", subnetIds: ["subnet-1"] },
        scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 4 },
      }),
  ),
  "fp-prod-tracking": good((n) => {
    const { group: fleet } = makeSite(n, { group: () => ({ protectFromScaleIn: false }) });
    tracking(n, fleet, false);
  }, "scale-in-protection"),
  "fp-prod-scale-out-protected": good((n) => tracking(n, makeSite(n).group, true), "scale-in-protection"),
  "fp-prod-schedule-up": good((n) => {
    const { group: fleet } = makeSite(n, { group: () => ({ protectFromScaleIn: false }) });
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: fleet.name, scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 3, desiredCapacity: 3, maxSize: -1 },
    });
  }, "minimum-servers"),
  "fp-prod-rebalance-suspended": good(
    (n) => makeSite(n, { group: () => ({ suspendedProcesses: ["AZRebalance"] }) }),
    "minimum-servers",
  ),
};
