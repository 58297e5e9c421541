import { expect } from "chai";

import { labConcurrency } from "../../../policies/learner-lab/rules/labConcurrency";
import { labConcurrencyTotal } from "../../../policies/learner-lab/rules/labConcurrencyTotal";
import { labRegions } from "../../../policies/learner-lab/rules/labRegions";
import { labRoleOnly } from "../../../policies/learner-lab/rules/labRoleOnly";
import { labServices } from "../../../policies/learner-lab/rules/labServices";
import { noIamCreation } from "../../../policies/learner-lab/rules/noIamCreation";
import { itPasses, itPassesStack, itRefuses, itRefusesStack } from "../support/expectations";
import { among, anyFixture, fixture, spoil, unknown } from "../support/fixture";
import { judge, notApplicable } from "../support/judge";

describe("no-iam-creation", () => {
  for (const type of ["aws:iam/role:Role", "aws:iam/instanceProfile:InstanceProfile", "aws:iam/user:User"]) {
    itRefuses(noIamCreation, type, anyFixture(type, "mine"), {
      at: "its type",
      value: type,
      allowed: "service-linked roles only",
    });
  }

  it("does not apply to service-linked roles and other types", async () => {
    for (const type of ["aws:iam/serviceLinkedRole:ServiceLinkedRole", "aws:ec2/vpc:Vpc"]) {
      expect(await judge(noIamCreation, anyFixture(type, "mine"))).to.deep.equal(notApplicable);
    }
  });
});

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
});

describe("lab-regions", () => {
  const provider = anyFixture("pulumi:providers:aws", "default", { region: "us-west-2" });
  const vpc = anyFixture("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
  itPasses(
    labRegions,
    "the lab's regions",
    provider,
    vpc,
    anyFixture("aws:ec2/vpc:Vpc", "vpc", { region: "us-east-1" }),
  );
  const allowed = "one of us-east-1, us-west-2";
  for (const region of ["ap-northeast-2", undefined]) {
    const changed = anyFixture("pulumi:providers:aws", "default", { region });
    itRefuses(labRegions, `a provider in ${String(region)}`, changed, {
      at: "region",
      value: region,
      allowed,
    });
  }
  const elsewhere = anyFixture("aws:ec2/vpc:Vpc", "vpc", { region: "eu-central-1" });
  itRefuses(labRegions, "a resource in another region", elsewhere, {
    at: "region",
    value: "eu-central-1",
    allowed,
  });
  itRefuses(
    labRegions,
    "a value that its configuration does not list",
    provider,
    { at: "region", value: "us-west-2", allowed: "one of us-east-1" },
    { regions: ["us-east-1"] },
  );
});

describe("lab-concurrency", () => {
  const launcher = fixture("aws:lambda/function:Function", "launcher", { reservedConcurrentExecutions: 10 });
  itPasses(
    labConcurrency,
    "at most the lab's concurrency, and none",
    launcher,
    spoil(launcher, { reservedConcurrentExecutions: undefined }),
    spoil(launcher, { reservedConcurrentExecutions: -1 }),
  );
  itRefuses(
    labConcurrency,
    "more than the lab's concurrency",
    spoil(launcher, { reservedConcurrentExecutions: 11 }),
    {
      at: "reservedConcurrentExecutions",
      value: 11,
      allowed: "at most 10",
    },
  );
  itRefuses(
    labConcurrency,
    "more than the configuration allows",
    launcher,
    { at: "reservedConcurrentExecutions", value: 10, allowed: "at most 5" },
    { maximumExecutions: 5 },
  );
});

describe("lab-concurrency-total", () => {
  const reserving = (name: string, reservedConcurrentExecutions: number) =>
    among(fixture("aws:lambda/function:Function", name, { reservedConcurrentExecutions }), {});
  const provisioned = among(
    fixture("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "live", {
      provisionedConcurrentExecutions: 4,
    }),
    {},
  );
  const unreserved = among(fixture("aws:lambda/function:Function", "plain"), {});
  itPassesStack(labConcurrencyTotal, "ten in total, and functions that reserve nothing", [
    reserving("a", 6),
    provisioned,
    unreserved,
    reserving("b", -1),
  ]);
  itPassesStack(labConcurrencyTotal, "what lab-concurrency refuses", [reserving("a", 11)]);
  itRefusesStack(labConcurrencyTotal, "more than ten in total", [reserving("a", 7), provisioned], {
    of: undefined,
    at: "the sum of all concurrency",
    value: 11,
    allowed: "at most 10",
  });
});

describe("lab-services", () => {
  itPasses(labServices, "what the lab offers", anyFixture("aws:efs/fileSystem:FileSystem", "uploads"));
  const types = [
    "aws:imagebuilder/imagePipeline:ImagePipeline",
    "aws:budgets/budget:Budget",
    "aws:cloudfront/distribution:Distribution",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:s3/directoryBucket:DirectoryBucket",
  ];
  for (const type of types) {
    itRefuses(labServices, type, anyFixture(type, "mine"), {
      at: "its type",
      value: type,
      allowed:
        "none of aws:imagebuilder/, aws:budgets/, aws:cloudfront/, aws:s3/bucket:, aws:s3/bucketV2:, aws:s3/directoryBucket:, aws:s3tables/tableBucket:, aws:lightsail/bucket:",
    });
  }
  itRefuses(
    labServices,
    "a type that its configuration lists",
    anyFixture("aws:efs/fileSystem:FileSystem", "uploads"),
    { at: "its type", value: "aws:efs/fileSystem:FileSystem", allowed: "none of aws:efs/" },
    { missing: ["aws:efs/"] },
  );
});
