import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { regionOf } from "../settings/account";
import { named } from "../settings/named";
import { InvalidSettingsError } from "../settings/problem";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

/** Where alone Route 53 reports its health checks. */
const reportingRegion = "us-east-1";

/**
 * Asks the whole site from outside, every 30 seconds: name, load balancer, a server and the database. For people
 * alone. No target group of the group's may ask this: an Auto Scaling group goes by all of its target groups, and
 * would replace every server when the database is away; and a target group that is not the group's has no targets.
 * @param subject whose setting `siteHealthCheck` is, for the reader of an error.
 * @returns its id, for alarms; `undefined` when nobody wants it.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html
 */
export function createSiteHealthCheck(
  subject: string,
  { name, tags, parent }: FleetScope,
  { siteHealthCheck, domain }: FleetSettings,
  loadBalancer: aws.lb.LoadBalancer,
): pulumi.Output<string> | undefined {
  if (!siteHealthCheck) return undefined;
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

/** @throws InvalidSettingsError in a region to which Route 53 does not report: no alarm there would ever hear. */
export function assertReported(subject: string, region: string): void {
  const allowed = unreportedProblem(region);
  if (allowed === undefined) return;
  throw new InvalidSettingsError(subject, [{ path: "siteHealthCheck", value: true, allowed }]);
}

/** What is allowed in a region to which Route 53 does not report; `undefined` in the one to which it does. */
export function unreportedProblem(region: string): string | undefined {
  if (region === reportingRegion) return undefined;
  return `false in ${region}, as Route 53 reports to ${reportingRegion} alone`;
}
