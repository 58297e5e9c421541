import type { Finding } from "../../support/finding";
import { judgeAtAll } from "../../support/propertyPaths";
import { resourceRule, type Judgement } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { judgeEach, tryRead } from "../../support/unknown";
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

/** A role within another property, e.g. of a schedule's target. */
const nestedRole = /^(?:roleArn|[a-z][A-Za-z]*RoleArn)$/;

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
  [onRoleProperties(), onNestedRoles(), onNames(profilePaths, ({ instanceProfiles }) => instanceProfiles)],
);

function isJudged(type: string): boolean {
  return type.startsWith("aws:") && !otherRoles.test(type);
}

function onRoleProperties(): Judgement<Values> {
  return {
    appliesTo: isJudged,
    judge: ({ props }, { roles }) => judgeAtAll(props, roleProperties, (role, at) => judge(at, role, roles)),
  };
}

function onNestedRoles(): Judgement<Values> {
  return {
    appliesTo: isJudged,
    judge: ({ props }, { roles }) =>
      judgeEach(Object.keys(props), (name) => judgeNested(nestedValue(props, name), name, roles)),
  };
}

/** Only an unknown role waits for the update. */
function nestedValue(from: object, name: string): unknown {
  const read = tryRead((): unknown => Reflect.get(from, name));
  if (read.known) return read.value;
  if (nestedRole.test(name)) throw read.error;
  return undefined;
}

/** Judges what is in a property, not the property itself. */
function judgeNested(from: unknown, at: string, roles: readonly string[]): Iterable<Finding> {
  if (typeof from !== "object" || from === null) return [];
  if (Array.isArray(from)) {
    // An unknown item, such as a subnet, is no role.
    return judgeEach([...from.keys()], (index) => {
      const item = tryRead((): unknown => from.at(index));
      return item.known ? judgeNested(item.value, `${at}[${String(index)}]`, roles) : [];
    });
  }
  return judgeEach(Object.keys(from), (name): Iterable<Finding> => {
    const value = nestedValue(from, name);
    const isRole = typeof value === "string" && value !== "" && nestedRole.test(name);
    return isRole ? judge(`${at}.${name}`, value, roles) : judgeNested(value, `${at}.${name}`, roles);
  });
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
