import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { input } from "@pulumi/aws/types";

import { outOfRange } from "../range";
import type { CheckFailure, Properties } from "../resourceType";
import { present, reading, type Known } from "../values";

type HealthCheck = input.lb.TargetGroupHealthCheck;

/** A health check in ELB's format. */
export function healthCheckOf(healthCheck: Properties) {
  const from = reading<HealthCheck>(healthCheck);
  const codes = from.string("matcher");
  return {
    HealthCheckEnabled: from.boolean("enabled"),
    HealthCheckIntervalSeconds: from.number("interval"),
    HealthCheckPath: from.string("path"),
    HealthCheckPort: from.string("port"),
    HealthCheckProtocol: from.string("protocol") === "HTTPS" ? ("HTTPS" as const) : ("HTTP" as const),
    HealthCheckTimeoutSeconds: from.number("timeout"),
    HealthyThresholdCount: from.number("healthyThreshold"),
    Matcher: codes === undefined ? undefined : { HttpCode: codes },
    UnhealthyThresholdCount: from.number("unhealthyThreshold"),
  };
}

/** A health check in the SDK's format. */
export function healthCheckProperties(found: TargetGroup): Properties {
  return present({
    enabled: found.HealthCheckEnabled,
    healthyThreshold: found.HealthyThresholdCount,
    interval: found.HealthCheckIntervalSeconds,
    matcher: found.Matcher?.HttpCode,
    path: found.HealthCheckPath,
    port: found.HealthCheckPort,
    protocol: found.HealthCheckProtocol,
    timeout: found.HealthCheckTimeoutSeconds,
    unhealthyThreshold: found.UnhealthyThresholdCount,
  } satisfies Known<HealthCheck>);
}

const ranges = [
  { name: "healthyThreshold", min: 2, max: 10, unit: "checks" },
  { name: "interval", min: 5, max: 300, unit: "seconds" },
  { name: "timeout", min: 2, max: 120, unit: "seconds" },
  { name: "unhealthyThreshold", min: 2, max: 10, unit: "checks" },
] as const;

/** Health checks that ELB refuses. Source: ELB API reference, CreateTargetGroup. */
export function checkHealthCheck(healthCheck: Properties): readonly CheckFailure[] {
  const from = reading<HealthCheck>(healthCheck);
  const failures = ranges.flatMap(({ name, ...range }) =>
    outOfRange(`healthCheck.${name}`, from.number(name), range),
  );
  const timeout = from.number("timeout");
  const interval = from.number("interval") ?? 30;
  if (timeout !== undefined && timeout >= interval) {
    failures.push({
      property: "healthCheck.timeout",
      reason: `${String(timeout)} - allowed: less than the interval, ${String(interval)} seconds`,
    });
  }
  return failures;
}
