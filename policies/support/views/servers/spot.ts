import { required } from "../../required";
import { isResource, type AnyResource, type Token } from "../../resourceTypes";
import { amount, isOn } from "../../spelling";
import { judgeAll } from "../../unknown";
import { beanstalkOption, beanstalkTypes } from "./beanstalk";
import { specificationsOf, specificationTypes, type Property } from "./specifications";

/** Types that are a request for Spot Instances or a reservation. */
const requestTypes = [
  "aws:ec2/spotInstanceRequest:",
  "aws:ec2/spotFleetRequest:",
  "aws:ec2/capacityReservation:",
  "aws:ec2/capacityBlockReservation:",
  "aws:ec2/dedicatedHost:",
  "aws:rds/reservedInstance:",
  "aws:savingsplans/",
];

/** The types that can ask for Spot Instances in a property. */
export const spotTypes = [
  ...specificationTypes,
  ...beanstalkTypes,
  "aws:autoscaling/group:Group",
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:ec2/fleet:Fleet",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:emr/cluster:Cluster",
  "aws:emr/instanceFleet:InstanceFleet",
  "aws:emr/instanceGroup:InstanceGroup",
] as const satisfies readonly Token[];

export interface SpotRequest extends Property<unknown> {
  readonly allowed: string;
}

/** Whether a type is a request for Spot Instances, or a reservation, itself. */
export function isRequestType(type: string): boolean {
  return requestTypes.some((request) => type.startsWith(request));
}

/** The properties of a resource that ask for Spot Instances. */
export function* spotRequestsOf(resource: AnyResource): Iterable<SpotRequest> {
  yield* judgeAll(specificationsOf(resource), ({ at, value: { spotPrice } }) =>
    set(`${at}spotPrice`, spotPrice, "no Spot price"),
  );
  if (
    isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate") ||
    isResource(resource, "aws:ec2/instance:Instance")
  ) {
    const { instanceMarketOptions: options } = resource.props;
    const at = "instanceMarketOptions.marketType";
    if (options !== undefined) yield { at, value: options.marketType, allowed: "no market options" };
  } else if (isResource(resource, "aws:autoscaling/group:Group")) {
    // The default is 100.
    const share =
      resource.props.mixedInstancesPolicy?.instancesDistribution?.onDemandPercentageAboveBaseCapacity ?? 100;
    const at = "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity";
    if (share !== 100) yield { at, value: share, allowed: "100" };
  } else if (isResource(resource, "aws:ec2/fleet:Fleet")) {
    const target = required(resource.props.targetCapacitySpecification, "targetCapacitySpecification");
    const at = "targetCapacitySpecification.";
    if (target.defaultTargetCapacityType !== "on-demand") {
      const value = target.defaultTargetCapacityType;
      yield { at: `${at}defaultTargetCapacityType`, value, allowed: '"on-demand"' };
    }
    const value = target.spotTargetCapacity ?? 0;
    if (value !== 0) yield { at: `${at}spotTargetCapacity`, value, allowed: "0" };
  } else {
    yield* ofServices(resource);
  }
}

function* ofServices(resource: AnyResource): Iterable<SpotRequest> {
  if (isResource(resource, "aws:eks/nodeGroup:NodeGroup")) {
    yield* unless("capacityType", resource.props.capacityType, ["ON_DEMAND"]);
  } else if (isResource(resource, "aws:batch/computeEnvironment:ComputeEnvironment")) {
    yield* unless("computeResources.type", resource.props.computeResources?.type, ["EC2", "FARGATE"]);
  } else if (isResource(resource, "aws:emr/instanceGroup:InstanceGroup")) {
    yield* set("bidPrice", resource.props.bidPrice, "no Spot price");
  } else if (isResource(resource, "aws:emr/instanceFleet:InstanceFleet")) {
    yield* ofFleet(resource.props, "");
  } else if (isResource(resource, "aws:emr/cluster:Cluster")) {
    const { masterInstanceGroup, coreInstanceGroup, masterInstanceFleet, coreInstanceFleet } = resource.props;
    yield* ofFleet(masterInstanceFleet, "masterInstanceFleet.");
    yield* ofFleet(coreInstanceFleet, "coreInstanceFleet.");
    yield* set("masterInstanceGroup.bidPrice", masterInstanceGroup?.bidPrice, "no Spot price");
    yield* set("coreInstanceGroup.bidPrice", coreInstanceGroup?.bidPrice, "no Spot price");
  }
  for (const { at, value } of beanstalkOption(resource, "aws:ec2:instances", "EnableSpot")) {
    if (isOn(value.toLowerCase())) yield { at, value, allowed: '"false"' };
  }
}

function* ofFleet(
  fleet: { readonly targetSpotCapacity?: number | undefined } | undefined,
  at: string,
): Iterable<SpotRequest> {
  const value = fleet?.targetSpotCapacity ?? 0;
  if (amount(value) !== 0) yield { at: `${at}targetSpotCapacity`, value, allowed: "0" };
}

function set(at: string, value: string | undefined, allowed: string): Iterable<SpotRequest> {
  return value === undefined || value === "" ? [] : [{ at, value, allowed }];
}

function unless(at: string, value: string | undefined, allowed: readonly string[]): Iterable<SpotRequest> {
  return value === undefined || allowed.includes(value.toUpperCase())
    ? []
    : [{ at, value, allowed: `one of ${allowed.join(", ")}` }];
}
