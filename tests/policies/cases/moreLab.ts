import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { emr, fleet, group, nodes } from "./labParts";
import { makeCallback, makeTemplate, safeInstance } from "./parts";

const lab = "arn:aws:iam::123456789012:role/LabRole";
const other = "arn:aws:iam::123456789012:role/Administrator";

/** More programs in a Learner Lab. */
export const moreLab: PolicyCases = {
  "lab-count-two-kinds": bad("lab-server-count", (n) => {
    group({ maxSize: 6 })(n);
    fleet(4)(`${n}-fleet`);
  }),
  "lab-count-asg-and-nodes": bad("lab-server-count", (n) => {
    group({ maxSize: 5 })(n);
    nodes(5)(`${n}-nodes`);
  }),
  "lab-volume-template": bad("lab-volumes", (n) =>
    makeTemplate(n, "sg-1", {
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 200 } }],
    }),
  ),
  "lab-volume-second": bad(
    "lab-volumes",
    (n) =>
      new aws.ec2.Instance(n, {
        ...safeInstance,
        ebsBlockDevices: [{ deviceName: "/dev/xvdb", encrypted: true, volumeSize: 101 }],
      }),
  ),
  "lab-volume-type": bad(
    "lab-volumes",
    (n) =>
      new aws.ebs.Volume(n, {
        availabilityZone: "us-east-1a",
        encrypted: true,
        size: 20,
        type: "io2",
        iops: 500,
      }),
  ),
  "lab-volume-iops": bad(
    "lab-volumes",
    (n) =>
      new aws.ec2.Instance(n, {
        ...safeInstance,
        rootBlockDevice: { encrypted: true, volumeType: "gp3", iops: 6000 },
      }),
  ),
  "lab-size-node-template": bad("lab-instance-sizes", nodes(1, { instanceTypes: ["m5.4xlarge"] })),
  "lab-size-graviton": bad(
    "lab-instance-sizes",
    (n) => new aws.ec2.Instance(n, { ...safeInstance, instanceType: "c7g.2xlarge" }),
  ),
  "lab-spot-mixed-pools": bad("lab-on-demand-only", emr(2, "m4.large", "0.20")),
  "lab-role-event-bus": bad(
    "lab-role-only",
    (n) => new aws.pipes.Pipe(n, { roleArn: other, source: "s", target: "t" }),
  ),
  "lab-role-task-execution": bad(
    "lab-role-only",
    (n) =>
      new aws.ecs.TaskDefinition(n, {
        ...{ family: "f", containerDefinitions: "[]", taskRoleArn: lab, executionRoleArn: other },
      }),
  ),
  "lab-role-firehose-target": bad(
    "lab-role-only",
    (n) =>
      new aws.kinesis.FirehoseDeliveryStream(n, {
        destination: "extended_s3",
        extendedS3Configuration: { bucketArn: "arn:aws:s3:::b", roleArn: other },
      }),
  ),
  "lab-role-replication": bad("lab-role-only", (n) => makeCallback(n, other)),
  "lab-iam-oidc": bad(
    "no-iam-creation",
    (n) => new aws.iam.OpenIdConnectProvider(n, { url: "https://gitlab.com", clientIdLists: ["a"] }),
  ),
  "lab-iam-instance-profile": bad(
    "no-iam-creation",
    (n) => new aws.iam.InstanceProfile(n, { role: "LabRole" }),
  ),
  "lab-db-size-2xlarge": bad(
    "lab-database",
    (n) =>
      new aws.rds.Instance(n, { instanceClass: "db.r6g.2xlarge", engine: "mysql", allocatedStorage: 20 }),
  ),
  "fp-lab-volume": good(
    (n) =>
      new aws.ec2.Instance(n, {
        ...safeInstance,
        ebsBlockDevices: [{ deviceName: "/dev/xvdb", encrypted: true, volumeSize: 100, volumeType: "gp3" }],
      }),
    "lab-volumes",
  ),
  "fp-lab-profile": good(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, iamInstanceProfile: "LabInstanceProfile" }),
    "lab-role-only",
  ),
  "fp-lab-firehose": good(
    (n) =>
      new aws.kinesis.FirehoseDeliveryStream(n, {
        destination: "extended_s3",
        extendedS3Configuration: { bucketArn: "arn:aws:s3:::b", roleArn: lab },
      }),
    "lab-role-only",
  ),
};
