import * as aws from "@pulumi/aws";

/** Parts of programs in a Learner Lab. */
export const group = (changed: Partial<aws.autoscaling.GroupArgs>) => (n: string) =>
  new aws.autoscaling.Group(n, { minSize: 1, maxSize: 2, ...changed });
export const mixed = (
  policy: Omit<aws.types.input.autoscaling.GroupMixedInstancesPolicy, "launchTemplate">,
  ...types: string[]
) =>
  group({
    mixedInstancesPolicy: {
      ...policy,
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "lt-1" },
        overrides: types.map((instanceType) => ({ instanceType })),
      },
    },
  });
export const fleet =
  (total: number, changed: object = {}, instanceType = "t3.micro") =>
  (n: string) =>
    new aws.ec2.Fleet(n, {
      launchTemplateConfigs: [
        {
          launchTemplateSpecification: { launchTemplateId: "lt-1", version: "1" },
          overrides: [{ instanceType }],
        },
      ],
      targetCapacitySpecification: {
        ...{ defaultTargetCapacityType: "on-demand", totalTargetCapacity: total },
        ...changed,
      },
    });
export const nodes =
  (maxSize: number, changed: Partial<aws.eks.NodeGroupArgs> = {}) =>
  (n: string) =>
    new aws.eks.NodeGroup(n, {
      ...{ clusterName: "c", nodeRoleArn: "r", subnetIds: ["s"], instanceTypes: ["t3.medium"] },
      scalingConfig: { desiredSize: 1, maxSize, minSize: 1 },
      ...changed,
    });
export const batch =
  (changed: Partial<aws.types.input.batch.ComputeEnvironmentComputeResources>) => (n: string) =>
    new aws.batch.ComputeEnvironment(n, {
      type: "MANAGED",
      computeResources: { type: "EC2", maxVcpus: 4, subnets: ["s"], instanceTypes: ["m5.large"], ...changed },
    });
export const emr =
  (count: number, instanceType = "m4.large", bidPrice?: string) =>
  (n: string) =>
    new aws.emr.Cluster(n, {
      ...{ releaseLabel: "emr-7.0.0", serviceRole: "r" },
      masterInstanceGroup: { instanceType: "m4.large" },
      coreInstanceGroup: {
        ...{ instanceType, instanceCount: count },
        ...(bidPrice === undefined ? {} : { bidPrice }),
      },
    });
