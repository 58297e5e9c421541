import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
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

export const labRoleOnly = resourceRule(
  {
    name: "lab-role-only",
    displayName: "LabRole only",
    description: "Functions, schedules and instances use LabRole.",
    why: "LabRole, and LabInstanceProfile for instances, are the only roles that a student may pass.",
    severity: "high",
    topics: ["account-limits"],
    fix: "Use the ARN of LabRole, and LabInstanceProfile for instances.",
    ...fromTheLab,
    settings,
  },
  [
    on("aws:lambda/function:Function", ({ role }, { roles }: Values) => judge("role", role, roles)),
    on("aws:scheduler/schedule:Schedule", ({ target }, { roles }: Values) =>
      judge("target.roleArn", target.roleArn, roles),
    ),
    on("aws:ec2/launchTemplate:LaunchTemplate", ({ iamInstanceProfile }, { instanceProfiles }: Values) => {
      const profile = iamInstanceProfile?.name ?? iamInstanceProfile?.arn;
      return profile === undefined ? [] : judge("iamInstanceProfile", profile, instanceProfiles);
    }),
    on("aws:ec2/instance:Instance", ({ iamInstanceProfile }, { instanceProfiles }: Values) =>
      iamInstanceProfile === undefined
        ? []
        : judge("iamInstanceProfile", iamInstanceProfile, instanceProfiles),
    ),
    on("aws:rds/instance:Instance", ({ monitoringRoleArn }, { roles }: Values) =>
      monitoringRoleArn === undefined ? [] : judge("monitoringRoleArn", monitoringRoleArn, roles),
    ),
  ],
);

/** A name, or an ARN that ends in one. */
function* judge(at: string, role: unknown, names: readonly string[]): Iterable<Finding> {
  const name = typeof role === "string" ? role.slice(role.lastIndexOf("/") + 1) : "";
  if (!names.includes(name)) yield { at, value: role, allowed: names.join(", ") };
}
