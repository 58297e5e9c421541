import type { Finding } from "../../support/finding";
import { judgeAtAll } from "../../support/propertyPaths";
import { resourceRule, type Judgement } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { fromTheLab } from "../source";

const settings = {
  roles: strings({ default: ["LabRole"], description: "The roles that may be passed" }),
  instanceProfiles: strings({
    default: ["LabInstanceProfile"],
    description: "The allowed instance profiles",
  }),
};

type Values = ValuesOf<typeof settings>;

/** Where each type has the roles that the caller passes. Not EKS: the lab has roles for it, with generated names. */
const rolePaths: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/lifecycleHook:LifecycleHook": ["roleArn"],
  "aws:backup/selection:Selection": ["iamRoleArn"],
  "aws:cloudwatch/eventRule:EventRule": ["roleArn"],
  "aws:cloudwatch/eventTarget:EventTarget": ["roleArn"],
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ["roleArn"],
  "aws:codebuild/project:Project": ["serviceRole"],
  "aws:ec2/flowLog:FlowLog": ["iamRoleArn"],
  "aws:ec2/spotFleetRequest:SpotFleetRequest": ["iamFleetRole"],
  "aws:ecs/taskDefinition:TaskDefinition": ["executionRoleArn", "taskRoleArn"],
  "aws:glue/crawler:Crawler": ["role"],
  "aws:glue/job:Job": ["roleArn"],
  "aws:lambda/function:Function": ["role"],
  "aws:rds/cluster:Cluster": ["monitoringRoleArn"],
  "aws:rds/clusterInstance:ClusterInstance": ["monitoringRoleArn"],
  "aws:rds/instance:Instance": ["monitoringRoleArn"],
  "aws:rds/proxy:Proxy": ["roleArn"],
  "aws:scheduler/schedule:Schedule": ["target.roleArn"],
  "aws:sfn/stateMachine:StateMachine": ["roleArn"],
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": ["serviceRoleArn"],
};

/** Where each type has the instance profiles of servers. */
const profilePaths: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/instance:Instance": ["iamInstanceProfile"],
  "aws:ec2/launchConfiguration:LaunchConfiguration": ["iamInstanceProfile"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["iamInstanceProfile.name", "iamInstanceProfile.arn"],
  "aws:ec2/spotFleetRequest:SpotFleetRequest": [
    "launchSpecifications[].iamInstanceProfile",
    "launchSpecifications[].iamInstanceProfileArn",
  ],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["iamInstanceProfile"],
};

export const labRoleOnly = resourceRule(
  {
    name: "lab-role-only",
    displayName: "LabRole only",
    description: "Functions, schedules, instances and all other resources with a role use LabRole.",
    why: "LabRole, and LabInstanceProfile for instances, are the only roles that a student may pass.",
    severity: "high",
    topics: ["account-limits"],
    fix: "Use the ARN of LabRole, and LabInstanceProfile for instances.",
    ...fromTheLab,
    settings,
  },
  [
    onNames(rolePaths, ({ roles }) => roles),
    onNames(profilePaths, ({ instanceProfiles }) => instanceProfiles),
  ],
);

function onNames(
  paths: Readonly<Record<string, readonly string[]>>,
  namesIn: (values: Values) => readonly string[],
): Judgement<Values> {
  return {
    appliesTo: (type) => Object.hasOwn(paths, type),
    judge: ({ type, props }, values) =>
      judgeAtAll(props, paths[type] ?? [], (role, at) => judge(at, role, namesIn(values))),
  };
}

/** A name, or an ARN that ends in one. AWS creates service-linked roles. */
function* judge(at: string, role: unknown, names: readonly string[]): Iterable<Finding> {
  const name = typeof role === "string" ? role.slice(role.lastIndexOf("/") + 1) : "";
  if (!names.includes(name) && !name.startsWith("AWSServiceRoleFor"))
    yield { at, value: role, allowed: names.join(", ") };
}
