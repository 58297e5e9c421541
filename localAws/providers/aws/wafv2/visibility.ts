import type { VisibilityConfig } from "@aws-sdk/client-wafv2";
import type { input } from "@pulumi/aws/types";

import type { Properties } from "../resourceType";
import { present, reading } from "../values";

type Visibility = input.wafv2.WebAclVisibilityConfig;

export const visibilityProperties = {
  cloudwatchMetricsEnabled: { required: true },
  metricName: { required: true },
  sampledRequestsEnabled: { required: true },
} as const;

export function visibilityTo(properties: Properties): VisibilityConfig {
  const from = reading<Visibility>(properties);
  return {
    CloudWatchMetricsEnabled: from.boolean("cloudwatchMetricsEnabled") === true,
    MetricName: from.requiredString("metricName"),
    SampledRequestsEnabled: from.boolean("sampledRequestsEnabled") === true,
  };
}

export function visibilityFrom(found: VisibilityConfig | undefined): Properties | undefined {
  if (found === undefined) return undefined;
  return present({
    cloudwatchMetricsEnabled: found.CloudWatchMetricsEnabled,
    metricName: found.MetricName,
    sampledRequestsEnabled: found.SampledRequestsEnabled,
  });
}
