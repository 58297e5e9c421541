import { resourceRule } from "../../support/rule";
import { fromTheLab } from "../source";

export const noIamCreation = resourceRule(
  {
    name: "no-iam-creation",
    displayName: "No IAM resources",
    description: "The stack creates no IAM resources except service-linked roles.",
    why: "The lab denies the creation of users, groups, roles and policies; an update then fails halfway.",
    severity: "high",
    topics: ["account-limits"],
    fix: "Use existing ones: fleet.instanceProfileName: LabInstanceProfile, and launcher.existingRoleArn with the ARN of LabRole.",
    ...fromTheLab,
    settings: {},
  },
  [
    {
      appliesTo: (type) => type.startsWith("aws:iam/") && !type.startsWith("aws:iam/serviceLinkedRole:"),
      judge: ({ type }) => [{ at: "its type", value: type, allowed: "service-linked roles only" }],
    },
  ],
);
