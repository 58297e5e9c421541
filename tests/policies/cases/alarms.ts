import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeNetwork, makeSite } from "./parts";

const elsewhere = "arn:aws:sns:us-east-1:123456789012:alarms";

function makeAlarm(name: string, changed: aws.cloudwatch.MetricAlarmArgs = {}) {
  return new aws.cloudwatch.MetricAlarm(name, {
    ...{ namespace: "AWS/ApplicationELB", metricName: "UnHealthyHostCount", threshold: 0 },
    ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, ...changed },
  });
}

const site = (name: string) => makeSite(name, { withoutAlarm: true });

const refused = (program: (name: string) => unknown): PolicyCase =>
  bad("alarms-present", (n) => {
    site(n);
    program(n);
  });

const passes = (program: (name: string) => unknown): PolicyCase =>
  good((n) => {
    site(n);
    program(n);
  }, "alarms-present");

const composite = (
  name: string,
  alarmRule: pulumi.Input<string>,
  changed: Partial<aws.cloudwatch.CompositeAlarmArgs> = { alarmActions: [elsewhere] },
) => new aws.cloudwatch.CompositeAlarm(name, { alarmName: name, alarmRule, ...changed });

/** A topic with a subscription. */
function makeTopic(name: string) {
  const topic = new aws.sns.Topic(name, {});
  new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "email", endpoint: "a@example.com" });
  return topic;
}

export const alarms: PolicyCases = {
  "alarm-none": refused(() => undefined),
  "alarm-no-actions": refused((n) => makeAlarm(n)),
  "alarm-empty-actions": refused((n) => makeAlarm(n, { alarmActions: [] })),
  "alarm-ok-actions": refused((n) => makeAlarm(n, { okActions: [elsewhere] })),
  "alarm-disabled": refused((n) => makeAlarm(n, { actionsEnabled: false, alarmActions: [elsewhere] })),
  "alarm-other-service": refused((n) => makeAlarm(n, { namespace: "AWS/EC2", alarmActions: [elsewhere] })),
  "alarm-unheard": refused((n) => makeAlarm(n, { alarmActions: [new aws.sns.Topic(n, {}).arn] })),
  "alarm-heard-by-another": refused((n) => {
    makeTopic(`${n}-other`);
    makeAlarm(n, { alarmActions: [new aws.sns.Topic(n, {}).arn] });
  }),
  "alarm-heard-by-apply": refused((n) => {
    const silent = new aws.sns.Topic(n, {});
    const arns = pulumi.all([silent.arn, makeTopic(`${n}-other`).arn]);
    makeAlarm(n, { alarmActions: [arns.apply(([first]) => first)] });
  }),
  "alarm-scales-only": refused((n) =>
    makeAlarm(n, {
      alarmActions: [
        "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:0a:autoScalingGroupName/g:policyName/p",
      ],
    }),
  ),
  "alarm-scaling-policy": refused((n) => {
    const policy = new aws.autoscaling.Policy(n, { autoscalingGroupName: "g", scalingAdjustment: 1 });
    makeAlarm(n, { alarmActions: [policy.arn] });
  }),
  "alarm-reboots-only": refused((n) =>
    makeAlarm(n, { alarmActions: ["arn:aws:automate:us-east-1:ec2:reboot"] }),
  ),
  "alarm-composite-silent": refused((n) => {
    composite(n, pulumi.interpolate`ALARM(${makeAlarm(n).name})`, {});
  }),
  "alarm-composite-disabled": refused((n) => {
    composite(n, pulumi.interpolate`ALARM(${makeAlarm(n).name})`, {
      ...{ actionsEnabled: false, alarmActions: [elsewhere] },
    });
  }),
  "alarm-composite-of-others": refused((n) => {
    makeAlarm(n);
    composite(n, "ALARM(another)");
  }),
  "alarm-composite-false": refused((n) => {
    makeAlarm(n);
    composite(n, "FALSE");
  }),
  "alarm-composite-unheard": refused((n) => {
    composite(n, pulumi.interpolate`ALARM(${makeAlarm(n).name})`, {
      alarmActions: [new aws.sns.Topic(n, {}).arn],
    });
  }),
  "fp-alarm-heard": passes((n) => makeAlarm(n, { alarmActions: [makeTopic(n).arn] })),
  "fp-alarm-heard-in-chat": passes((n) => {
    const topic = new aws.sns.Topic(n, {});
    makeAlarm(n, { alarmActions: [topic.arn] });
    new aws.chatbot.SlackChannelConfiguration(n, {
      ...{ configurationName: "c", iamRoleArn: "r", slackChannelId: "C1", slackTeamId: "T1" },
      snsTopicArns: [topic.arn],
    });
  }),
  "fp-alarm-mixed-actions": passes((n) =>
    makeAlarm(n, { alarmActions: ["arn:aws:automate:us-east-1:ec2:reboot", makeTopic(n).arn] }),
  ),
  "fp-alarm-lambda": passes((n) =>
    makeAlarm(n, { alarmActions: ["arn:aws:lambda:us-east-1:123456789012:function:page"] }),
  ),
  "fp-alarm-metric-math": passes((n) =>
    makeAlarm(n, {
      ...{ namespace: undefined, metricName: undefined, alarmActions: [elsewhere] },
      metricQueries: [
        { id: "e", expression: "a / 2", returnData: true },
        {
          id: "a",
          metric: {
            namespace: "AWS/ApplicationELB",
            metricName: "HTTPCode_ELB_5XX_Count",
            period: 60,
            stat: "Sum",
          },
        },
      ],
    }),
  ),
  "fp-composite-alarm": passes((n) => {
    composite(n, pulumi.interpolate`ALARM(${makeAlarm(n).name})`);
  }),
  "fp-composite-by-arn": passes((n) => {
    composite(n, pulumi.interpolate`ALARM("${makeAlarm(n).arn}") OR ALARM(another)`);
  }),
  "fp-composite-by-name": passes((n) => {
    makeAlarm(n, { name: `${n}-named` });
    composite(n, `(ALARM("${n}-named") AND NOT ALARM(maintenance))`);
  }),
  "fp-composite-of-composite": passes((n) => {
    const inner = composite(`${n}-inner`, pulumi.interpolate`ALARM(${makeAlarm(n).name})`, {});
    composite(n, pulumi.interpolate`ALARM(${inner.alarmName})`);
  }),
  "fp-alarm-nothing-to-watch": good((n) => makeNetwork(n), "alarms-present"),
};
