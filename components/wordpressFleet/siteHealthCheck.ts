import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { regionOf } from "../settings/account";
import { named } from "../settings/named";
import { InvalidSettingsError } from "../settings/problem";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** The only region to which Route 53 reports its health checks. */
const reportingRegion = "us-east-1";

/** Whether a health check of Route 53 can have an alarm in the region. */
export const reportsHealthChecks = (region: string): boolean => region === reportingRegion;

/**
 * Requests a page of the site from outside, every 30 seconds: DNS name, load balancer, a server and the database must
 * work. Only an alarm uses the result. No target group may check this page: an Auto Scaling group uses the health of
 * all its target groups, and would replace every server while the database is unavailable. A target group that does not
 * belong to the Auto Scaling group has no targets.
 * @param subject the component of the setting `siteHealthCheck`, for the error.
 * @returns its id, for alarms; `undefined` when the setting is false.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html
 */
export function createSiteHealthCheck(
  subject: string,
  { name, tags, parent }: FleetScope,
  { siteHealthCheck, domain }: FleetSettings,
  loadBalancer: aws.lb.LoadBalancer,
): pulumi.Output<string> | undefined {
  if (siteHealthCheck !== true) return undefined;
  const healthCheckName = `${name}-site`;
  const address =
    domain === undefined
      ? { type: "HTTP", port: 80, fqdn: loadBalancer.dnsName }
      : { type: "HTTPS", port: 443, fqdn: domain.name, enableSni: true };
  return new aws.route53.HealthCheck(
    healthCheckName,
    {
      ...address,
      fqdn: pulumi.all([address.fqdn, regionOf(parent)]).apply(([fqdn, region]) => {
        assertReported(subject, region);
        return fqdn;
      }),
      resourcePath: "/healthz/deep",
      requestInterval: 30,
      failureThreshold: 3,
      tags: named(healthCheckName, tags),
    },
    { parent },
  ).id;
}

/** @throws InvalidSettingsError in a region to which Route 53 does not report: an alarm there would have no data. */
export function assertReported(subject: string, region: string): void {
  const allowed = unreportedProblem(region);
  if (allowed === undefined) return;
  throw new InvalidSettingsError(subject, [{ path: "siteHealthCheck", value: true, allowed }]);
}

/** What is allowed in a region to which Route 53 does not report; `undefined` in us-east-1. */
export function unreportedProblem(region: string): string | undefined {
  if (reportsHealthChecks(region)) return undefined;
  return `false in ${region}, because Route 53 reports its health checks only to ${reportingRegion}; or omitted`;
}
