import * as aws from "@pulumi/aws";
import { asset } from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";

type Program = PolicyCase["program"];
const otherRole = (program: Program) => bad("lab-role-only", program);
const other = "arn:aws:iam::123456789012:role/Administrator";
const lab = "arn:aws:iam::123456789012:role/LabRole";
const makeFunction = (name: string, changed: Partial<aws.lambda.FunctionArgs>) =>
  new aws.lambda.Function(name, {
    ...{ role: lab, runtime: "nodejs22.x", handler: "index.handler" },
    code: new asset.AssetArchive({ "index.js": new asset.StringAsset("x") }),
    ...changed,
  });

/** Roles and concurrency in a Learner Lab. */
export const labFunctions: PolicyCases = {
  "lab-role-function": otherRole((n) => makeFunction(n, { role: other })),
  "lab-role-rule": otherRole(
    (n) => new aws.cloudwatch.EventTarget(n, { rule: "r", arn: "a", roleArn: other }),
  ),
  "lab-role-states": otherRole((n) => new aws.sfn.StateMachine(n, { definition: "{}", roleArn: other })),
  "lab-role-build": otherRole(
    (n) =>
      new aws.codebuild.Project(n, {
        ...{ serviceRole: other, artifacts: { type: "NO_ARTIFACTS" }, source: { type: "NO_SOURCE" } },
        environment: { computeType: "BUILD_GENERAL1_SMALL", image: "i", type: "LINUX_CONTAINER" },
      }),
  ),
  "lab-role-task": otherRole(
    (n) => new aws.ecs.TaskDefinition(n, { family: "f", containerDefinitions: "[]", taskRoleArn: other }),
  ),
  "lab-role-cluster-monitoring": otherRole(
    (n) =>
      new aws.rds.ClusterInstance(n, {
        ...{ clusterIdentifier: "c", instanceClass: "db.t3.medium", engine: "aurora-mysql" },
        monitoringRoleArn: other,
      }),
  ),
  "lab-profile-configuration": otherRole(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, {
        ...{ imageId: "ami-1", instanceType: "t3.micro", iamInstanceProfile: "Administrator" },
      }),
  ),
  "lab-concurrency-one": bad("lab-concurrency", (n) => makeFunction(n, { reservedConcurrentExecutions: 11 })),
  "lab-concurrency-provisioned": bad(
    "lab-concurrency",
    (n) =>
      new aws.lambda.ProvisionedConcurrencyConfig(n, {
        ...{ functionName: "f", qualifier: "1", provisionedConcurrentExecutions: 20 },
      }),
  ),
  "lab-concurrency-sum": bad("lab-concurrency-total", (n) => {
    for (const suffix of ["a", "b", "c"]) makeFunction(`${n}${suffix}`, { reservedConcurrentExecutions: 4 });
  }),
  "fp-lab-functions": good((n) => {
    for (const suffix of ["a", "b"]) makeFunction(`${n}${suffix}`, { reservedConcurrentExecutions: 5 });
    makeFunction(`${n}c`, { reservedConcurrentExecutions: -1 });
    new aws.sfn.StateMachine(n, { definition: "{}", roleArn: lab });
  }, "lab-role-only"),
};
