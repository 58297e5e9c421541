import type { MetricType, TargetTrackingConfiguration } from "@aws-sdk/client-auto-scaling";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { Properties, PropertyRule } from "../resourceType";
import { present, reading, type Known } from "../values";

type Tracking = input.autoscaling.PolicyTargetTrackingConfiguration;
type Predefined = input.autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecification;

/** A target for one of AWS's predefined metrics. */
export const targetTrackingRules: NonNullable<PropertyRule<Tracking>["nested"]> = {
  disableScaleIn: { default: false },
  predefinedMetricSpecification: {
    required: true,
    nested: { predefinedMetricType: { required: true }, resourceLabel: {} },
  },
  targetValue: { required: true },
};

const metrics: readonly MetricType[] = [
  "ASGAverageCPUUtilization",
  "ASGAverageNetworkIn",
  "ASGAverageNetworkOut",
  "ALBRequestCountPerTarget",
];

/** In Auto Scaling's format. */
export function toTargetTracking(tracking: Properties): TargetTrackingConfiguration {
  const from = reading<Tracking>(tracking);
  const metric = reading<Predefined>(from.object("predefinedMetricSpecification") ?? {});
  return {
    DisableScaleIn: from.boolean("disableScaleIn"),
    PredefinedMetricSpecification: {
      PredefinedMetricType: choice(
        "predefinedMetricType",
        metrics,
        metric.requiredString("predefinedMetricType"),
      ),
      ResourceLabel: metric.string("resourceLabel"),
    },
    TargetValue: from.requiredNumber("targetValue"),
  };
}

/** In the SDK's format. */
export function fromTargetTracking(found: TargetTrackingConfiguration | undefined): Properties | undefined {
  if (found === undefined) return undefined;
  const metric = found.PredefinedMetricSpecification;
  return present({
    disableScaleIn: found.DisableScaleIn ?? false,
    predefinedMetricSpecification:
      metric === undefined
        ? undefined
        : present({
            predefinedMetricType: metric.PredefinedMetricType,
            resourceLabel: metric.ResourceLabel,
          } satisfies Known<Predefined>),
    targetValue: found.TargetValue,
  } satisfies Known<Tracking>);
}
