import { required } from "../../required";
import { ignores, isResource, type AnyResource } from "../../resourceTypes";
import { amount } from "../../spelling";
import { allOf, refersTo, type StackResource, type StackResourceOf } from "../../stack";
import { beanstalkOption } from "./beanstalk";

type Group = StackResourceOf<"aws:autoscaling/group:Group">;

/** The most instances that an Auto Scaling group has, its warm pool and its scheduled actions included. */
export function largestSize(group: Group, stack: readonly StackResource[]): number {
  const { warmPool } = group.props;
  const running = Math.max(
    maximumOf(group, stack),
    ...schedulesOf(group, stack).map(({ props }) =>
      Math.max(amount(props.maxSize ?? 0), amount(props.desiredCapacity ?? 0)),
    ),
  );
  // The instances of a warm pool are in addition to the running ones; a prepared capacity counts both.
  return Math.max(
    running + amount(warmPool?.minSize ?? 0),
    amount(warmPool?.maxGroupPreparedCapacity ?? 0),
    running,
  );
}

/** The most instances that the scheduled actions of groups outside the stack can start. */
export function largestSizesElsewhere(stack: readonly StackResource[]): number {
  const groups = allOf(stack, "aws:autoscaling/group:Group");
  const ours = groups.flatMap((group) => schedulesOf(group, stack)).map(({ urn }) => urn);
  return allOf(stack, "aws:autoscaling/schedule:Schedule")
    .filter(({ urn }) => !ours.includes(urn))
    .reduce(
      (most, { props }) => Math.max(most, amount(props.maxSize ?? 0), amount(props.desiredCapacity ?? 0)),
      0,
    );
}

/** The most instances that a resource of another type than an Auto Scaling group starts. */
export function instancesOf(resource: AnyResource): number {
  if (
    isResource(resource, "aws:ec2/instance:Instance") ||
    isResource(resource, "aws:ec2/spotInstanceRequest:SpotInstanceRequest") ||
    isResource(resource, "aws:cloud9/environmentEC2:EnvironmentEC2") ||
    isResource(resource, "aws:lightsail/instance:Instance")
  ) {
    return 1;
  }
  if (isResource(resource, "aws:ec2/fleet:Fleet")) {
    return amount(
      required(resource.props.targetCapacitySpecification, "targetCapacitySpecification", resource)
        .totalTargetCapacity,
    );
  }
  if (isResource(resource, "aws:ec2/spotFleetRequest:SpotFleetRequest")) {
    return amount(resource.props.targetCapacity);
  }
  if (isResource(resource, "aws:eks/nodeGroup:NodeGroup")) {
    const { scalingConfig, warmPoolConfig } = resource.props;
    return (
      amount(required(scalingConfig, "scalingConfig", resource).maxSize) +
      amount(warmPoolConfig?.minSize ?? 0)
    );
  }
  if (isResource(resource, "aws:batch/computeEnvironment:ComputeEnvironment")) {
    return ofBatch(resource.props.computeResources);
  }
  return ofEmr(resource) + ofBeanstalk(resource);
}

/** The smallest instances of AWS Batch have two virtual CPUs. Fargate starts no instance of the account. */
function ofBatch(resources: { readonly type: string; readonly maxVcpus: number } | undefined): number {
  if (resources === undefined || resources.type.startsWith("FARGATE")) return 0;
  return Math.ceil(amount(resources.maxVcpus) / 2);
}

interface EmrFleet {
  readonly targetOnDemandCapacity?: number | undefined;
  readonly targetSpotCapacity?: number | undefined;
}

function ofEmr(resource: AnyResource): number {
  const inFleet = (fleet: EmrFleet | undefined) =>
    amount(fleet?.targetOnDemandCapacity ?? 0) + amount(fleet?.targetSpotCapacity ?? 0);
  const inGroup = (group: { readonly instanceCount?: number | undefined } | undefined) =>
    group === undefined ? 0 : amount(group.instanceCount ?? 1);
  if (isResource(resource, "aws:emr/cluster:Cluster")) {
    const { masterInstanceGroup, coreInstanceGroup, masterInstanceFleet, coreInstanceFleet } = resource.props;
    return (
      inGroup(masterInstanceGroup) +
      inGroup(coreInstanceGroup) +
      inFleet(masterInstanceFleet) +
      inFleet(coreInstanceFleet)
    );
  }
  if (isResource(resource, "aws:emr/instanceGroup:InstanceGroup")) return inGroup(resource.props);
  if (isResource(resource, "aws:emr/instanceFleet:InstanceFleet")) return inFleet(resource.props);
  return 0;
}

/** The default maximum of an environment is 4; one without a load balancer has a single instance. */
function ofBeanstalk(resource: AnyResource): number {
  if (!isResource(resource, "aws:elasticbeanstalk/environment:Environment")) return 0;
  const [kind] = beanstalkOption(resource, "aws:elasticbeanstalk:environment", "EnvironmentType");
  if (kind?.value === "SingleInstance") return 1;
  const [maximum] = beanstalkOption(resource, "aws:autoscaling:asg", "MaxSize");
  return amount(maximum?.value ?? 4);
}

/** A maximum that the program ignores is an old value: the resource GroupSize then has the current one. */
function maximumOf(group: Group, stack: readonly StackResource[]): number {
  const sizes = allOf(stack, "golden-image:index:GroupSize").filter((size) =>
    refersTo(size, "groupName", group),
  );
  const [size] = ignores(group, "maxSize") ? sizes : [];
  return amount(size?.props.maxSize ?? group.props.maxSize);
}

/** The scheduled actions of a group. */
export function schedulesOf(group: Group, stack: readonly StackResource[]) {
  return allOf(stack, "aws:autoscaling/schedule:Schedule").filter(
    (schedule) => refersTo(schedule, "autoscalingGroupName", group) || isNamed(schedule, group),
  );
}

/** A literal name, not one that a preview does not know: that is a dependency. */
function isNamed(schedule: StackResourceOf<"aws:autoscaling/schedule:Schedule">, group: Group): boolean {
  if ((schedule.propertyDependencies["autoscalingGroupName"] ?? []).length > 0) return false;
  const name: unknown = Object.getOwnPropertyDescriptor(group.props, "name")?.value;
  return schedule.props.autoscalingGroupName === name;
}
