import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { batch, emr, fleet, group, mixed, nodes } from "./labParts";
import { makeTemplate, safeInstance } from "./parts";

type Program = PolicyCase["program"];
const many = (program: Program) => bad("lab-server-count", program);
const spot = (program: Program) => bad("lab-on-demand-only", program);
const large = (program: Program) => bad("lab-instance-sizes", program);

/** Instances in a Learner Lab: their number, their price and their size. */
export const lab: PolicyCases = {
  "lab-fleet-20": many(fleet(20)),
  "lab-spot-fleet-20": many(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 20 },
        launchSpecifications: [{ ami: "ami-1", instanceType: "t3.micro" }],
      }),
  ),
  "lab-warmpool": many(group({ warmPool: { minSize: 15, maxGroupPreparedCapacity: 15 } })),
  "lab-warmpool-min": many(group({ warmPool: { minSize: 9 } })),
  "lab-instances-10": many((n) => {
    for (let index = 0; index < 10; index += 1) new aws.ec2.Instance(`${n}-${String(index)}`, safeInstance);
  }),
  "lab-spot-requests-10": many((n) => {
    for (let index = 0; index < 10; index += 1) {
      new aws.ec2.SpotInstanceRequest(`${n}-${String(index)}`, safeInstance);
    }
  }),
  "lab-two-asg": many((n) => {
    for (let index = 0; index < 2; index += 1) group({ maxSize: 5 })(`${n}-${String(index)}`);
  }),
  "lab-schedule-20": many((n) => {
    const { name } = group({})(n);
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: name, scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 1, desiredCapacity: 20, maxSize: 20 },
    });
  }),
  "lab-schedule-by-name": many((n) => {
    group({ name: "web" })(n);
    new aws.autoscaling.Schedule(n, {
      ...{ autoscalingGroupName: "web", scheduledActionName: "s", recurrence: "0 8 * * *" },
      ...{ minSize: 1, desiredCapacity: 20, maxSize: 20 },
    });
  }),
  "lab-schedule-outside": many(
    (n) =>
      new aws.autoscaling.Schedule(n, {
        ...{ autoscalingGroupName: "other", scheduledActionName: "s", recurrence: "0 8 * * *" },
        ...{ minSize: 1, desiredCapacity: 20, maxSize: 20 },
      }),
  ),
  "lab-eks-nodes": many(nodes(20)),
  "lab-emr-12": many(emr(12)),
  "lab-batch-64": many(batch({ maxVcpus: 64 })),
  "lab-beanstalk": many(
    (n) =>
      new aws.elasticbeanstalk.Environment(n, {
        application: "web",
        settings: [{ namespace: "aws:autoscaling:asg", name: "MaxSize", value: "12" }],
      }),
  ),
  "fp-lab-nine": good((n) => {
    group({ maxSize: 8 })(n);
    new aws.ec2.Instance(n, { ...safeInstance });
  }, "lab-server-count"),
  "fp-lab-warmpool": good(
    group({ maxSize: 4, warmPool: { minSize: 2, maxGroupPreparedCapacity: 4 } }),
    "lab-server-count",
  ),
  "fp-lab-eks": good(nodes(3), "lab-server-count"),
  "fp-lab-fleet": good(fleet(3), "lab-server-count"),
  "fp-lab-batch": good(batch({}), "lab-server-count"),
  "fp-lab-emr": good(emr(2), "lab-server-count"),

  "lab-spot-lt": spot((n) => makeTemplate(n, "sg-1", { instanceMarketOptions: { marketType: "spot" } })),
  "lab-spot-instance": spot(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, instanceMarketOptions: { marketType: "spot" } }),
  ),
  "lab-spot-request": spot((n) => new aws.ec2.SpotInstanceRequest(n, safeInstance)),
  "lab-spot-launchconfig": spot(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "t3.micro", spotPrice: "0.01" }),
  ),
  "lab-spot-mixed": spot(mixed({ instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } })),
  "lab-spot-fleet-default": spot(fleet(2, { defaultTargetCapacityType: "spot" })),
  "lab-spot-fleet-share": spot(fleet(2, { onDemandTargetCapacity: 1, spotTargetCapacity: 1 })),
  "lab-spot-eks": spot(nodes(2, { capacityType: "SPOT" })),
  "lab-spot-batch": spot(batch({ type: "SPOT" })),
  "lab-spot-emr": spot(emr(2, "m4.large", "0.10")),
  "lab-reservation": spot(
    (n) =>
      new aws.ec2.CapacityReservation(n, {
        ...{ availabilityZone: "us-east-1a", instanceCount: 1 },
        ...{ instancePlatform: "Linux/UNIX", instanceType: "t3.micro" },
      }),
  ),
  "lab-reserved-database": spot(
    (n) => new aws.rds.ReservedInstance(n, { offeringId: "1", instanceCount: 1 }),
  ),
  "fp-lab-mixed": good(
    mixed({ instancesDistribution: { onDemandPercentageAboveBaseCapacity: 100 } }, "t3.micro", "t3a.micro"),
    "lab-on-demand-only",
  ),

  "lab-size-lt": large((n) => makeTemplate(n, "sg-1", { instanceType: "m5.4xlarge" })),
  "lab-size-metal": large((n) => new aws.ec2.Instance(n, { ...safeInstance, instanceType: "c5.metal" })),
  "lab-size-mixed": large(mixed({}, "t3.micro", "m5.2xlarge")),
  "lab-size-requirements": large((n) =>
    makeTemplate(n, "sg-1", {
      instanceRequirements: { vcpuCount: { min: 16 }, memoryMib: { min: 65_536 } },
    }),
  ),
  "lab-size-launchconfig": large(
    (n) => new aws.ec2.LaunchConfiguration(n, { imageId: "ami-1", instanceType: "m5.xlarge" }),
  ),
  "lab-size-spot": large(
    (n) => new aws.ec2.SpotInstanceRequest(n, { ...safeInstance, instanceType: "m5.xlarge" }),
  ),
  "lab-size-fleet": large(fleet(1, {}, "m5.xlarge")),
  "lab-size-spot-fleet": large(
    (n) =>
      new aws.ec2.SpotFleetRequest(n, {
        ...{ iamFleetRole: "r", targetCapacity: 1 },
        launchSpecifications: [{ ami: "ami-1", instanceType: "m5.xlarge" }],
      }),
  ),
  "lab-size-eks": large(nodes(1, { instanceTypes: ["t3.medium", "m5.xlarge"] })),
  "lab-size-emr": large(emr(1, "m5.xlarge")),
  "lab-size-batch": large(batch({ instanceTypes: ["optimal"] })),
  "lab-size-cloud9": large(
    (n) =>
      new aws.cloud9.EnvironmentEC2(n, { instanceType: "m5.4xlarge", imageId: "amazonlinux-2023-x86_64" }),
  ),
  "fp-lab-size-from-lt": good((n) => {
    const { id } = makeTemplate(n, "sg-1");
    new aws.ec2.Instance(n, { launchTemplate: { id, version: "1" } });
  }, "lab-instance-sizes"),
  "fp-lab-size-allowed": good(
    (n) =>
      makeTemplate(n, "sg-1", {
        instanceRequirements: {
          ...{ vcpuCount: { min: 1 }, memoryMib: { min: 1024 } },
          allowedInstanceTypes: ["t3.micro", "t3a.small"],
        },
      }),
    "lab-instance-sizes",
  ),
};
