import { expect } from "chai";
import { z } from "zod";

import { costOf } from "../../../components/cost/cost";
import { prices } from "../../../components/cost/prices";
import { stackSettings } from "../../../config";
import { settleInRegion } from "../../../settingsInPlace";
import type { Registration } from "../../support/mockedTypes";
import { shippedRun } from "../../support/shippedRun";
import { shippedStacks, stackConfig } from "../../support/stackFile";

const settingsOf = (stack: string) => {
  const ours = Object.entries(stackConfig(stack)).filter(([key]) => key.startsWith("wordpress:"));
  const settings = stackSettings.parse(
    Object.fromEntries(
      ours.map(([key, value]) => [key.replace("wordpress:", ""), JSON.parse(value) as unknown]),
    ),
  );
  return settleInRegion(settings, stackConfig(stack)["aws:region"] ?? "");
};

/** The cost of the resources that AWS bills by the hour or the month, by their number in the program. */
function billed(
  resources: readonly Registration[],
  targetTracking: boolean,
): Readonly<Record<string, number>> {
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const hours = (perMonth: number) => perMonth / 730;
  const vpcs = of("awsx:ec2:Vpc").map(({ inputs }) =>
    z.object({ strategy: z.string() }).parse(inputs["natGateways"]),
  );
  const nats = { None: 0, Single: 1, OnePerAz: 2 }[vpcs[0]?.strategy ?? ""] ?? NaN;
  const endpointSubnets = of("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap(({ inputs }) =>
    z.array(z.string()).parse(inputs["subnetIds"]),
  );
  return {
    nat: nats * (0.045 + 0.005),
    endpoints: endpointSubnets.length * 0.01,
    // RDS creates one more.
    secrets: hours((of("aws:secretsmanager/secret:Secret").length + 1) * 0.4),
    // Auto Scaling creates two more for target tracking.
    alarms: hours((of("aws:cloudwatch/metricAlarm:MetricAlarm").length + (targetTracking ? 2 : 0)) * 0.1),
    dashboards: hours(of("aws:cloudwatch/dashboard:Dashboard").length * 3),
    loadBalancers: of("aws:lb/loadBalancer:LoadBalancer").length * (0.0225 + 2 * 0.005),
    healthChecks: hours(
      of("aws:route53/healthCheck:HealthCheck").reduce(
        (sum, { inputs }) => sum + (inputs["type"] === "HTTPS" ? 1.5 : 0.5),
        0,
      ),
    ),
  };
}

describe("the cost of a stack, compared with its resources", () => {
  for (const stack of shippedStacks()) {
    it(`counts everything that AWS bills in ${stack}`, async () => {
      const settings = settingsOf(stack);
      const { parts } = costOf(settings);
      const costs = (pattern: RegExp) =>
        parts
          .filter(({ name }) => pattern.test(name))
          .reduce((sum, part) => sum + (part.dollarsPerHour ?? NaN), 0);
      const { resources } = await shippedRun(stack);
      const expected = billed(resources, settings.fleet.targetTracking !== undefined);
      const counted = {
        nat: costs(/^NAT/),
        endpoints: costs(/^endpoint/),
        secrets: costs(/^secrets/),
        alarms: costs(/^alarms/),
        dashboards: costs(/^dashboard/),
        loadBalancers: costs(/^load balancer/),
        healthChecks: costs(/^health check/),
      };
      for (const [what, amount] of Object.entries(counted)) {
        expect(amount, what).to.be.closeTo(expected[what] ?? NaN, 1e-9);
      }
    });
  }

  it("has a price for every type in the shipped stacks", () => {
    for (const stack of shippedStacks()) expect(costOf(settingsOf(stack)).unpriced, stack).to.deep.equal([]);
    expect(prices.asOf).to.match(/^\d{4}-\d\d-\d\d$/);
  });
});
