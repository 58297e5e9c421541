import { Policy } from "@pulumi/aws/autoscaling";
import { MetricAlarm } from "@pulumi/aws/cloudwatch";
import { NatGateway, Route, RouteTable, RouteTableAssociation } from "@pulumi/aws/ec2";
import { FileSystem } from "@pulumi/aws/efs";
import { Listener, LoadBalancer, type ListenerArgs } from "@pulumi/aws/lb";
import { Secret } from "@pulumi/aws/secretsmanager";
import { Topic, TopicSubscription } from "@pulumi/aws/sns";
import { WebAcl } from "@pulumi/aws/wafv2";

import { makeDatabase, makeFleet, makeGroup, makeSubnets, tags, vpcId } from "./parts";
import type { RefusedPrograms } from "./program";

const arn = (what: string) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:${what}`;

const makeListener = (changed: Partial<ListenerArgs>) =>
  new Listener(
    "site",
    {
      loadBalancerArn: arn("loadbalancer/app/site/0a0a"),
      port: 443,
      protocol: "HTTPS",
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0a0a",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      defaultActions: [{ type: "forward", targetGroupArn: arn("targetgroup/servers/0a0a") }],
      tags,
      ...changed,
    },
    { protect: true },
  );

/** Without an alarm every program violates alarms-present. */
function makeAlarm() {
  const topic = new Topic("alarms", { tags });
  new TopicSubscription("alarms", { topic: topic.arn, protocol: "email", endpoint: "a@example.com" });
  new MetricAlarm("down", {
    namespace: "AWS/ApplicationELB",
    metricName: "HealthyHostCount",
    statistic: "Minimum",
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    evaluationPeriods: 1,
    period: 60,
    alarmActions: [topic.arn],
    tags,
  });
}

/** One program for each rule of the pack. */
export const refusedByProduction: RefusedPrograms = {
  "scale-in-protection": {
    program: () => {
      makeAlarm();
      const group = makeGroup({ protectFromScaleIn: true });
      new Policy("cpu", {
        autoscalingGroupName: group.name,
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
          targetValue: 50,
        },
      });
    },
  },
  "minimum-servers": { program: () => makeGroup({ minSize: 1 }) },
  "way-out-in-each-zone": {
    program: () => {
      makeAlarm();
      const { subnets } = makeFleet();
      const table = new RouteTable("private", { vpcId, tags });
      subnets.forEach(({ id: subnetId }, index) => {
        new RouteTableAssociation(`private-${String(index)}`, { subnetId, routeTableId: table.id });
      });
      for (const { id } of subnets.slice(0, 1)) {
        const nat = new NatGateway("nat", { subnetId: id, allocationId: "eipalloc-0a0a0a0a", tags });
        new Route("out", {
          routeTableId: table.id,
          destinationCidrBlock: "0.0.0.0/0",
          natGatewayId: nat.id,
        });
      }
    },
  },
  "database-multi-az": { program: () => makeDatabase({ multiAz: false }) },
  "database-deletion-protection": { program: () => makeDatabase({ deletionProtection: false }) },
  "database-backups": { program: () => makeDatabase({ backupRetentionPeriod: 1 }) },
  "database-final-snapshot": { program: () => makeDatabase({ skipFinalSnapshot: true }) },
  "file-system-backups": {
    program: () => {
      makeAlarm();
      new FileSystem("uploads", { encrypted: true, tags }, { protect: true });
    },
  },
  "https-listener": {
    program: () => {
      makeAlarm();
      new LoadBalancer(
        "site",
        { enableDeletionProtection: true, subnets: ["subnet-0a", "subnet-0b"], tags },
        { protect: true },
      );
    },
  },
  "http-redirects": {
    program: () => {
      const withoutTls = { certificateArn: undefined, sslPolicy: undefined };
      makeListener({ port: 80, protocol: "HTTP", ...withoutTls });
    },
  },
  "tls-policy": { program: () => makeListener({ sslPolicy: "ELBSecurityPolicy-2016-08" }) },
  "web-acl-logging": {
    program: () =>
      new WebAcl("site", {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: {
          cloudwatchMetricsEnabled: true,
          metricName: "site",
          sampledRequestsEnabled: true,
        },
        tags,
      }),
  },
  "load-balancer-deletion-protection": {
    program: () => new LoadBalancer("site", { subnets: ["subnet-0a", "subnet-0b"], tags }, { protect: true }),
  },
  "pulumi-protect": { program: () => new Secret("administrator", { tags }) },
  "alarms-present": {
    program: () => {
      const { arn: loadBalancerArn } = new LoadBalancer(
        "site",
        { enableDeletionProtection: true, subnets: makeSubnets().map(({ id }) => id), tags },
        { protect: true },
      );
      makeListener({ loadBalancerArn });
    },
  },
};
