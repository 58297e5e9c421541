import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCases } from "./case";
import { makeNetwork, makeSite, world } from "./parts";

const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";

/** Properties as a program in JavaScript may give them. */
const texts = (properties: Readonly<Record<string, string>>): object => properties;

/** A site with a listener for HTTP more. */
const siteWithHttp = (redirect: object) => (n: string) => {
  const { balancer } = makeSite(n);
  new aws.lb.Listener(`${n}-http`, {
    ...{ loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP" },
    defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301", ...redirect } }],
  });
};

const code = new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("x") });
const makeFunction = (changed: Partial<aws.lambda.FunctionArgs>) => (n: string) => {
  const { name } = new aws.cloudwatch.LogGroup(n, { retentionInDays: 14 });
  return new aws.lambda.Function(n, {
    ...{ role: "r", runtime: "nodejs22.x", handler: "index.handler", code },
    loggingConfig: { logFormat: "JSON", logGroup: name },
    ...changed,
  });
};

const scheduled = (scheduleExpression: string) => (n: string) =>
  new aws.scheduler.Schedule(n, {
    ...{ scheduleExpression, flexibleTimeWindow: { mode: "OFF" } },
    target: { arn: "arn:aws:sqs:us-east-1:123456789012:q", roleArn: "r" },
  });

/** More sites that miss a rule's point, and some that do not. */
export const moreSites: PolicyCases = {
  "http-redirect-same-protocol": bad(
    "http-redirects",
    siteWithHttp({ protocol: "#{protocol}", port: "443" }),
  ),
  "fp-http-redirect-other-host": good(
    siteWithHttp({ protocol: "HTTPS", port: "443", host: "www.example.com", path: "/#{path}" }),
    "http-redirects",
  ),
  "http-forward-weighted": bad("http-redirects", (n) => {
    const { balancer, targetGroup } = makeSite(n);
    new aws.lb.Listener(`${n}-http`, {
      ...{ loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP" },
      defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: targetGroup.arn, weight: 1 }] } }],
    });
  }),
  "https-redirects-back": bad("https-listener", (n) => {
    const { balancer, targetGroup } = makeSite(n, { withoutHttps: true });
    new aws.lb.Listener(`${n}-https`, {
      ...{ loadBalancerArn: balancer.arn, port: 443, protocol: "HTTPS", certificateArn },
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      defaultActions: [
        { type: "redirect", redirect: { statusCode: "HTTP_301", protocol: "HTTP", port: "80" } },
      ],
    });
    new aws.lb.Listener(`${n}-http`, {
      ...{ loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP" },
      defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
  }),
  "balancer-unprotected-text": bad("load-balancer-deletion-protection", (n) => {
    const { a, b } = makeNetwork(n);
    const args: aws.lb.LoadBalancerArgs = { internal: true, subnets: [a.id, b.id] };
    new aws.lb.LoadBalancer(n, Object.assign(args, texts({ enableDeletionProtection: "false" })));
  }),
  "alarm-disabled-text": bad("alarms-present", (n) => {
    makeSite(n, { withoutAlarm: true });
    const alarm = {
      ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 0 },
      ...{ namespace: "AWS/ApplicationELB", metricName: "UnHealthyHostCount" },
      alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"],
    };
    new aws.cloudwatch.MetricAlarm(n, Object.assign(alarm, texts({ actionsEnabled: "false" })));
  }),
  "prod-health-check-suspended": bad("minimum-servers", (n) => {
    makeSite(n, { group: () => ({ suspendedProcesses: ["HealthCheck"] }) });
  }),
  "fp-prod-notifications-suspended": good((n) => {
    makeSite(n, { group: () => ({ suspendedProcesses: ["AlarmNotification"] }) });
  }, "minimum-servers"),
  "nat-private": bad("way-out-in-each-zone", (n) => {
    const site = makeSite(n);
    const { a, b, privateTable } = site.network;
    const gateways = [a, b].map(
      ({ id }, index) =>
        new aws.ec2.NatGateway(`${n}-${String(index)}`, { subnetId: id, connectivityType: "private" }),
    );
    new aws.ec2.Route(`${n}-out`, {
      ...{ routeTableId: privateTable.id, destinationCidrBlock: world },
      natGatewayId: gateways[0]?.id,
    });
  }),
  "fn-loggroup-zero": bad(
    "lambda-log-retention",
    (n) => new aws.cloudwatch.LogGroup(n, { retentionInDays: 0 }),
  ),
  "fn-runtime-provided": bad("lambda-runtime", makeFunction({ runtime: "provided", handler: "bootstrap" })),
  "fp-fn-runtime-provided": good(makeFunction({ runtime: "provided.al2023", handler: "bootstrap" })),
  "sched-at-past": bad("schedules-can-fire", scheduled("at(2020-01-01T00:00:00)")),
  "fp-sched-at-future": good(scheduled("at(2099-01-01T00:00:00)")),
  "fp-sched-third-friday": good(scheduled("cron(0 10 ? * 6#3 *)")),
  "fp-sched-last-day": good(scheduled("cron(0 8 L * ? *)")),
  "sched-glue-trigger": bad(
    "schedules-can-fire",
    (n) =>
      new aws.glue.Trigger(n, {
        ...{ type: "SCHEDULED", schedule: "cron(0 12 31 2 ? *)", actions: [{ jobName: "j" }] },
      }),
  ),
  "sched-maintenance-window": bad(
    "schedules-can-fire",
    (n) => new aws.ssm.MaintenanceWindow(n, { cutoff: 1, duration: 2, schedule: "cron(0 25 ? * SUN *)" }),
  ),
  "fp-sched-maintenance-window": good(
    (n) => new aws.ssm.MaintenanceWindow(n, { cutoff: 1, duration: 2, schedule: "cron(0 2 ? * SUN *)" }),
  ),
  "lab-savings-plan": bad(
    "lab-on-demand-only",
    (n) =>
      new aws.savingsplans.SavingsPlan(n, {
        commitment: "1.0",
        savingsPlanOfferingId: "o",
      }),
  ),
  "lab-role-pipe": bad(
    "lab-role-only",
    (n) => new aws.pipes.Pipe(n, { roleArn: "arn:aws:iam::1:role/Own", source: "a", target: "b" }),
  ),
  "fp-lab-role-pipe": good(
    (n) =>
      new aws.pipes.Pipe(n, { roleArn: "arn:aws:iam::123456789012:role/LabRole", source: "a", target: "b" }),
    "lab-role-only",
  ),
};
