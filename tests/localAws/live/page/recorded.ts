import type { InstanceStateName } from "@aws-sdk/client-ec2";

import { type Answers, noAnswers } from "../../../../localAws/live/page/model/answers";

/** Answers in AWS's form of the last minutes, about a group of two servers that its CPU alarm has just made one larger. */
const start = Date.now() - 300_000;
export const at = (seconds: number): number => start + seconds * 1000;
const date = (seconds: number): Date => new Date(at(seconds));

export const groupName = "wordpress-3f1c2ab";
export const policyName = "wordpress-cpu-12ab34c";
const policyArn = `arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:5a1b:autoScalingGroupName/${groupName}:policyName/${policyName}`;
export const highAlarm = `TargetTracking-${groupName}-AlarmHigh-0f0e0d0c-1111-2222-3333-444455556666`;
export const lowAlarm = `TargetTracking-${groupName}-AlarmLow-0a0b0c0d-1111-2222-3333-444455556666`;
export const downAlarm = "wordpress-no-healthy-server-84ae2b9";
export const loadBalancerArn =
  "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/wordpress/50dc6c495c0c9188";
export const targetGroupArn =
  "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/wordpress-servers/73e2d6bc24d8a067";
export const first = "i-0aaaaaaaaaaaaaaa1";
export const second = "i-0bbbbbbbbbbbbbbb2";
export const launched = "i-0cccccccccccccccc";

export function instance(
  id: string,
  zone: string,
  state: InstanceStateName,
  launchedAt: number,
  tags: object = {},
) {
  return {
    InstanceId: id,
    InstanceType: "t3.micro" as const,
    ImageId: "ami-0123456789abcdef0",
    PrivateIpAddress: "10.0.1.10",
    LaunchTime: date(launchedAt),
    Placement: { AvailabilityZone: zone },
    State: { Name: state },
    BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeId: `vol-${id.slice(2)}` } }],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) })),
  };
}

const ofGroup = { Name: "wordpress", "aws:autoscaling:groupName": groupName };

function member(InstanceId: string, AvailabilityZone: string, LifecycleState: "InService" | "Pending") {
  return {
    InstanceId,
    AvailabilityZone,
    LifecycleState,
    InstanceType: "t3.micro",
    HealthStatus: "Healthy",
    ProtectedFromScaleIn: InstanceId === first,
    LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "3" },
  };
}

/** CloudWatch writes the states of an alarm into the history as JSON. */
export function stateUpdate(AlarmName: string, seconds: number, before: string, after: string) {
  return {
    AlarmName,
    AlarmType: "MetricAlarm" as const,
    Timestamp: date(seconds),
    HistoryItemType: "StateUpdate" as const,
    HistorySummary: `Alarm updated from ${before} to ${after}`,
    HistoryData: JSON.stringify({
      version: "1.0",
      oldState: { stateValue: before },
      newState: {
        stateValue: after,
        stateReason: "Threshold Crossed: 3 datapoints were greater than the threshold (80.0).",
      },
    }),
  };
}

export const scaleOutCause =
  `At 2026-11-30T09:04:10Z a monitor alarm ${highAlarm} in state ALARM triggered policy ${policyName} ` +
  "changing the desired capacity from 1 to 2.  At 2026-11-30T09:04:20Z an instance was started in response to " +
  "a difference between desired and actual capacity, increasing the capacity from 1 to 2.";

export const recorded: Answers = {
  ...noAnswers,
  group: {
    AutoScalingGroupName: groupName,
    MinSize: 1,
    DesiredCapacity: 2,
    MaxSize: 4,
    DefaultCooldown: 10,
    DefaultInstanceWarmup: 30,
    HealthCheckType: "ELB",
    HealthCheckGracePeriod: 180,
    AvailabilityZones: ["us-east-1b", "us-east-1a"],
    CreatedTime: date(-600),
    TargetGroupARNs: [targetGroupArn],
    Instances: [member(second, "us-east-1b", "Pending"), member(first, "us-east-1a", "InService")],
    SuspendedProcesses: [],
  },
  policies: [
    {
      PolicyName: policyName,
      PolicyARN: policyArn,
      PolicyType: "TargetTrackingScaling",
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: "ASGAverageCPUUtilization" },
        TargetValue: 80,
      },
      Alarms: [{ AlarmName: highAlarm }, { AlarmName: lowAlarm }],
    },
  ],
  activities: [
    {
      ActivityId: "act-2",
      AutoScalingGroupName: groupName,
      Description: `Launching a new EC2 instance: ${second}`,
      Cause: scaleOutCause,
      StartTime: date(262),
      StatusCode: "InProgress",
      Progress: 30,
      Details: JSON.stringify({ "Subnet ID": "subnet-2", "Availability Zone": "us-east-1b" }),
    },
    {
      ActivityId: "act-1",
      AutoScalingGroupName: groupName,
      Description: `Launching a new EC2 instance: ${first}`,
      Cause:
        "At 2026-11-30T08:50:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 1.",
      StartTime: date(-600),
      EndTime: date(-569),
      StatusCode: "Successful",
      Progress: 100,
      Details: JSON.stringify({ "Subnet ID": "subnet-1", "Availability Zone": "us-east-1a" }),
    },
  ],
  targetGroup: { TargetGroupArn: targetGroupArn, VpcId: "vpc-1", LoadBalancerArns: [loadBalancerArn] },
  loadBalancer: { LoadBalancerArn: loadBalancerArn, DNSName: "wordpress-1.us-east-1.elb.amazonaws.com" },
  targets: [
    { Target: { Id: first, Port: 80 }, TargetHealth: { State: "healthy" } },
    {
      Target: { Id: second, Port: 80 },
      TargetHealth: {
        State: "initial",
        Reason: "Elb.InitialHealthChecking",
        Description: "Initial health checks in progress",
      },
    },
  ],
  instances: [
    instance(second, "us-east-1b", "running", 262, ofGroup),
    instance(first, "us-east-1a", "running", -600, ofGroup),
    instance(launched, "us-east-1a", "running", 60, { Name: "launched" }),
    instance("i-0ddddddddddddddd4", "us-east-1a", "terminated", -900, ofGroup),
  ],
  statuses: [
    { InstanceId: first, InstanceStatus: { Status: "ok" }, SystemStatus: { Status: "ok" } },
    { InstanceId: second, InstanceStatus: { Status: "initializing" }, SystemStatus: { Status: "ok" } },
  ],
  alarms: [
    {
      AlarmName: lowAlarm,
      StateValue: "OK",
      MetricName: "CPUUtilization",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 72,
      Period: 60,
      EvaluationPeriods: 15,
    },
    {
      AlarmName: highAlarm,
      StateValue: "ALARM",
      StateReason: "Threshold Crossed",
      StateUpdatedTimestamp: date(250),
      MetricName: "CPUUtilization",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 80,
      Period: 60,
      EvaluationPeriods: 3,
    },
    {
      AlarmName: downAlarm,
      AlarmDescription: "No server is healthy: the site is down",
      StateValue: "OK",
      MetricName: "HealthyHostCount",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      Period: 60,
      EvaluationPeriods: 2,
    },
  ],
  history: [
    stateUpdate("of-another-stack", 255, "OK", "ALARM"),
    stateUpdate(highAlarm, 250, "OK", "ALARM"),
    stateUpdate(highAlarm, -500, "INSUFFICIENT_DATA", "OK"),
  ],
  database: {
    DBInstanceIdentifier: "wordpress-db",
    DBInstanceStatus: "available",
    Engine: "mariadb",
    EngineVersion: "11.4.5",
    DBInstanceClass: "db.t4g.micro",
    AvailabilityZone: "us-east-1a",
    MultiAZ: false,
    AllocatedStorage: 20,
    StorageType: "gp3",
  },
  endpoints: [
    {
      VpcEndpointType: "Interface",
      ServiceName: "com.amazonaws.us-east-1.secretsmanager",
      SubnetIds: ["subnet-1"],
    },
  ],
  metrics: {
    groupCpu: [
      [at(0), 12],
      [at(60), 96],
      [at(120), 97],
      [at(180), 98],
    ],
    serverCpu: {
      [first]: [
        [at(0), 12],
        [at(180), 96],
        [at(240), 96],
      ],
    },
    requests: [
      [at(0), 600],
      [at(60), 1200],
    ],
    targetErrors: [[at(60), 30]],
    balancerErrors: [],
    periodSeconds: 60,
    readAt: at(120),
  },
};
