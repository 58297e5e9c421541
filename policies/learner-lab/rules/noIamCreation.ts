import { resourceRule } from "../../support/rule";
import { fromTheLab } from "../source";

/** The lab's one role is all there is. */
export const noIamCreation = resourceRule(
  {
    name: "no-iam-creation",
    displayName: "Nothing made in IAM",
    description: "Nothing is made in IAM but service-linked roles.",
    why: "The lab refuses to make users, groups, roles and policies, in the middle of an update that has made half of everything by then.",
    severity: "high",
    fix: "Use what exists: fleet.instanceProfileName: LabInstanceProfile and launcher.existingRoleArn with the ARN of LabRole.",
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
