import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { judgeEach } from "../../support/unknown";
import { fromTheLab } from "../source";

/** IAM, and the services that give people and machines access to an account. */
const identityServices = [
  ...["aws:iam/", "aws:identitystore/", "aws:organizations/", "aws:rolesanywhere/", "aws:ssoadmin/"],
  "aws-native:iam:",
];

export const noIamCreation = resourceRule(
  {
    name: "no-iam-creation",
    displayName: "No IAM resources",
    description: "The stack creates no IAM resources except service-linked roles.",
    why: "The lab denies the creation of users, groups, roles and policies; an update then fails halfway.",
    severity: "high",
    topics: ["account-limits"],
    fix: "Use those of the lab: the role LabRole and the instance profile LabInstanceProfile.",
    ...fromTheLab,
    settings: {},
  },
  [
    {
      appliesTo: (type) =>
        identityServices.some((service) => type.startsWith(service)) &&
        !type.startsWith("aws:iam/serviceLinkedRole:"),
      judge: ({ type }) => [{ at: "its type", value: type, allowed: "service-linked roles only" }],
    },
    on("aws:cloudformation/stack:Stack", ({ capabilities }) => judgeCapabilities(capabilities)),
    on("aws:cloudformation/stackSet:StackSet", ({ capabilities }) => judgeCapabilities(capabilities)),
  ],
);

/** A template that creates IAM resources must state it. */
function judgeCapabilities(capabilities: readonly string[] | undefined): Iterable<Finding> {
  return judgeEach(capabilities ?? [], (value, index) =>
    value.includes("IAM")
      ? [{ at: `capabilities[${String(index)}]`, value, allowed: "templates without IAM resources" }]
      : [],
  );
}
