import { isSet } from "../../isSet";
import { required } from "../../required";
import { isResource, type AnyResource, type Token } from "../../resourceTypes";
import { judgeAll, judgeEach } from "../../unknown";
import { readTexts, throwUnknown } from "../ids";
import { beanstalkOption, beanstalkTypes } from "./beanstalk";
import { specificationsOf, specificationTypes, type Property } from "./specifications";

/** The types that choose instance types. */
export const instanceTypeTypes = [
  ...specificationTypes,
  ...beanstalkTypes,
  "aws:autoscaling/group:Group",
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:cloud9/environmentEC2:EnvironmentEC2",
  "aws:ec2/fleet:Fleet",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:emr/cluster:Cluster",
  "aws:emr/instanceFleet:InstanceFleet",
  "aws:emr/instanceGroup:InstanceGroup",
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
  "golden-image:index:GoldenImage",
] as const satisfies readonly Token[];

/** The instance types that a resource chooses; `undefined` where it leaves the choice to requirements. */
export function* instanceTypesOf(resource: AnyResource): Iterable<Property<string | undefined>> {
  yield* judgeAll(specificationsOf(resource), ({ at, value }) =>
    texts(() => value.instanceType, `${at}instanceType`),
  );
  if (
    isResource(resource, "aws:cloud9/environmentEC2:EnvironmentEC2") ||
    isResource(resource, "aws:emr/instanceGroup:InstanceGroup") ||
    isResource(resource, "golden-image:index:GoldenImage")
  ) {
    const { props } = resource;
    yield* texts(() => props.instanceType, "instanceType");
  } else if (isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate")) {
    yield* chosen(resource.props, "");
  } else if (
    isResource(resource, "aws:eks/nodeGroup:NodeGroup") ||
    isResource(resource, "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration")
  ) {
    const { props } = resource;
    yield* texts(() => props.instanceTypes, "instanceTypes");
  } else if (isResource(resource, "aws:batch/computeEnvironment:ComputeEnvironment")) {
    const { computeResources } = resource.props;
    yield* texts(() => computeResources?.instanceTypes, "computeResources.instanceTypes");
  } else if (isResource(resource, "aws:emr/cluster:Cluster")) {
    const { props } = resource;
    for (const group of ["masterInstanceGroup", "coreInstanceGroup"] as const) {
      yield* texts(() => props[group]?.instanceType, `${group}.instanceType`);
    }
    for (const fleet of ["masterInstanceFleet", "coreInstanceFleet"] as const) {
      yield* ofEmrFleet(props[fleet], `${fleet}.`);
    }
  } else if (isResource(resource, "aws:emr/instanceFleet:InstanceFleet")) {
    yield* ofEmrFleet(resource.props, "");
  } else {
    yield* inOverrides(resource);
  }
  yield* beanstalkOption(resource, "aws:autoscaling:launchconfiguration", "InstanceType");
  for (const { at, value } of beanstalkOption(resource, "aws:ec2:instances", "InstanceTypes")) {
    for (const each of value.split(",")) yield { at, value: each.trim() };
  }
}

interface EmrFleet {
  readonly instanceTypeConfigs?: readonly { readonly instanceType: string }[] | undefined;
}

function ofEmrFleet(fleet: EmrFleet | undefined, at: string): Iterable<Property<string>> {
  return judgeEach(fleet?.instanceTypeConfigs ?? [], (config, index) =>
    texts(() => config.instanceType, `${at}instanceTypeConfigs[${String(index)}].instanceType`),
  );
}

interface Override {
  readonly instanceType?: string | undefined;
  readonly instanceRequirements?:
    { readonly allowedInstanceTypes?: readonly string[] | undefined } | undefined;
}

/** The types in the overrides of a template. */
function* inOverrides(resource: AnyResource): Iterable<Property<string | undefined>> {
  if (isResource(resource, "aws:autoscaling/group:Group")) {
    const overrides = resource.props.mixedInstancesPolicy?.launchTemplate.overrides ?? [];
    yield* ofOverrides(overrides, "mixedInstancesPolicy.launchTemplate.");
  } else if (isResource(resource, "aws:ec2/fleet:Fleet")) {
    yield* ofConfigs(required(resource.props.launchTemplateConfigs, "launchTemplateConfigs"));
  } else if (isResource(resource, "aws:ec2/spotFleetRequest:SpotFleetRequest")) {
    yield* ofConfigs(resource.props.launchTemplateConfigs ?? []);
  }
}

function ofConfigs(
  configs: readonly { readonly overrides?: readonly Override[] | undefined }[],
): Iterable<Property<string | undefined>> {
  return judgeEach(configs, ({ overrides = [] }, index) =>
    ofOverrides(overrides, `launchTemplateConfigs[${String(index)}].`),
  );
}

function ofOverrides(overrides: readonly Override[], at: string): Iterable<Property<string | undefined>> {
  return judgeEach(overrides, (override, index) => chosen(override, `${at}overrides[${String(index)}].`));
}

/** A type, or those that requirements allow. */
function* chosen(override: Override, at: string): Iterable<Property<string | undefined>> {
  yield* texts(() => override.instanceType, `${at}instanceType`);
  if (!isSet(override, "instanceRequirements")) return;
  const place = `${at}instanceRequirements.allowedInstanceTypes`;
  const { instanceRequirements } = override;
  const allowed = [...texts(() => instanceRequirements?.allowedInstanceTypes, place)];
  yield* allowed.length > 0 ? allowed : [{ at: place, value: undefined }];
}

function* texts(read: () => unknown, at: string): Iterable<Property<string>> {
  const found = readTexts(read, at);
  yield* found.known;
  throwUnknown(found);
}
