import { expect } from "chai";

import { labRoleOnly } from "../../../policies/learner-lab/rules/labRoleOnly";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture, fixture, spoil, unknown } from "../support/fixture";
import { judge } from "../support/judge";

describe("lab-role-only", () => {
  const labRole = "arn:aws:iam::123456789012:role/LabRole";
  const otherRole = "arn:aws:iam::123456789012:role/Other";
  const launcher = fixture("aws:lambda/function:Function", "launcher", { role: labRole });
  const target = { arn: "arn:aws:lambda:us-east-1:123456789012:function:launcher" };
  const schedule = fixture("aws:scheduler/schedule:Schedule", "launcher", {
    target: { ...target, roleArn: labRole },
  });
  const template = fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", {
    iamInstanceProfile: { name: "LabInstanceProfile" },
  });
  const server = fixture("aws:ec2/instance:Instance", "builder", {
    iamInstanceProfile: "LabInstanceProfile",
  });
  const database = fixture("aws:rds/instance:Instance", "wordpress", { monitoringRoleArn: labRole });
  const profileArn = "arn:aws:iam::123456789012:instance-profile/LabInstanceProfile";

  itPasses(labRoleOnly, "LabRole and its profile", launcher, schedule, template, server, database);
  itPasses(
    labRoleOnly,
    "no role, and the profile by its ARN",
    spoil(template, { iamInstanceProfile: undefined }),
    spoil(template, { iamInstanceProfile: { arn: profileArn } }),
    spoil(server, { iamInstanceProfile: undefined }),
    spoil(database, { monitoringRoleArn: undefined }),
  );
  const refused = { value: otherRole, allowed: "LabRole" };
  itRefuses(labRoleOnly, "another role of a function", spoil(launcher, { role: otherRole }), {
    at: "role",
    ...refused,
  });
  itRefuses(
    labRoleOnly,
    "another role of a schedule",
    spoil(schedule, { target: { ...target, roleArn: otherRole } }),
    {
      at: "target.roleArn",
      ...refused,
    },
  );
  itRefuses(labRoleOnly, "another role of a database", spoil(database, { monitoringRoleArn: otherRole }), {
    at: "monitoringRoleArn",
    ...refused,
  });
  const profile = { at: "iamInstanceProfile", value: "Other", allowed: "LabInstanceProfile" };
  itRefuses(
    labRoleOnly,
    "another profile of a template",
    spoil(template, { iamInstanceProfile: { name: "Other" } }),
    { ...profile, at: "iamInstanceProfile.name" },
  );
  itRefuses(
    labRoleOnly,
    "another profile of an instance",
    spoil(server, { iamInstanceProfile: "Other" }),
    profile,
  );
  itRefuses(
    labRoleOnly,
    "a value that its configuration does not list",
    launcher,
    { at: "role", value: labRole, allowed: "EMR" },
    { roles: ["EMR"] },
  );

  itRefuses(
    labRoleOnly,
    "another role of a task",
    anyFixture("aws:ecs/taskDefinition:TaskDefinition", "web", {
      executionRoleArn: labRole,
      taskRoleArn: otherRole,
    }),
    { at: "taskRoleArn", ...refused },
  );
  itPasses(
    labRoleOnly,
    "service-linked roles",
    anyFixture("aws:ec2/spotFleetRequest:SpotFleetRequest", "web", {
      iamFleetRole:
        "arn:aws:iam::123456789012:role/aws-service-role/spotfleet.amazonaws.com/AWSServiceRoleForEC2SpotFleet",
    }),
  );

  it("does not judge a role that a preview does not know", async () => {
    expect((await judge(labRoleOnly, spoil(launcher, { role: unknown }))).unknown).to.contain("role");
  });

  itRefuses(
    labRoleOnly,
    "a role that is no text",
    anyFixture("aws:lambda/function:Function", "launcher", { role: 7 }),
    { at: "role", value: 7, allowed: "LabRole" },
  );
  itRefuses(
    labRoleOnly,
    "what its configuration does not list, with all that it lists",
    launcher,
    { at: "role", value: labRole, allowed: "EMR, Batch" },
    { roles: ["EMR", "Batch"] },
  );
});
