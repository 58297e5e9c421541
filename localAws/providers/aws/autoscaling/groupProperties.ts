import type { GroupArgs } from "@pulumi/aws/autoscaling";

import type { ResourceType } from "../resourceType";

/** The arguments of a group, from the official provider's documentation. */
export const groupProperties: ResourceType<GroupArgs>["properties"] = {
  capacityRebalance: { default: false },
  defaultCooldown: { computed: true },
  defaultInstanceWarmup: {},
  desiredCapacity: { computed: true },
  enabledMetrics: { set: true },
  forceDelete: { default: false, notReadable: true },
  healthCheckGracePeriod: { default: 300 },
  healthCheckType: { computed: true },
  instanceRefresh: {
    notReadable: true,
    nested: {
      preferences: {
        nested: {
          alarmSpecification: { nested: { alarms: {} } },
          autoRollback: { default: false },
          checkpointDelay: {},
          checkpointPercentages: {},
          instanceWarmup: {},
          maxHealthyPercentage: { default: 100 },
          minHealthyPercentage: { default: 90 },
          scaleInProtectedInstances: { default: "Ignore" },
          skipMatching: { default: false },
          standbyInstances: { default: "Ignore" },
        },
      },
      strategy: { required: true },
      triggers: { set: true },
    },
  },
  launchTemplate: {
    required: true,
    nested: { id: { computed: true }, name: { computed: true }, version: { computed: true } },
  },
  maxInstanceLifetime: {},
  maxSize: { required: true },
  metricsGranularity: { default: "1Minute" },
  minElbCapacity: { notReadable: true },
  minSize: { required: true },
  name: { replace: true, autoName: { maxLength: 255 } },
  protectFromScaleIn: { default: false },
  suspendedProcesses: { set: true },
  tags: {
    set: true,
    nested: {
      key: { required: true },
      propagateAtLaunch: { required: true },
      value: { required: true },
    },
  },
  targetGroupArns: { set: true },
  terminationPolicies: { computed: true },
  vpcZoneIdentifiers: { required: true, set: true },
  waitForCapacityTimeout: { default: "10m", notReadable: true },
  waitForElbCapacity: { notReadable: true },
};
