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

/** The properties of any type with a role that the caller passes. */
const roleProperties: readonly string[] = [
  ...["role", "roleArn", "serviceRole", "serviceRoleArn", "iamRoleArn", "executionRoleArn", "executionRole"],
  ...["taskRoleArn", "monitoringRoleArn", "accessRoleArn", "instanceRoleArn", "iamFleetRole"],
];

/** IAM's own types name a role that they change. The lab has roles for EKS and EMR. */
const otherRoles = /^aws:(?:eks|emr|emrserverless|emrcontainers|iam|organizations|ssoadmin)\//;

/** Where else a type has the roles that the caller passes. */
const rolePaths: Readonly<Record<string, readonly string[]>> = {
  "aws:scheduler/schedule:Schedule": ["target.roleArn"],
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
    onRoleProperties(),
    onNames(rolePaths, ({ roles }) => roles),
    onNames(profilePaths, ({ instanceProfiles }) => instanceProfiles),
  ],
);

function onRoleProperties(): Judgement<Values> {
  return {
    appliesTo: (type) => type.startsWith("aws:") && !otherRoles.test(type),
    judge: ({ props }, { roles }) => judgeAtAll(props, roleProperties, (role, at) => judge(at, role, roles)),
  };
}

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
