import { mergeReferences, type References } from "../references";
import { allOf, referredTo, refersTo, type StackResource, type StackResourceOf } from "../stack";
import { subnetsOf, type SubnetType } from "./subnets";
import { mayBeSame, vpcOf } from "./vpcs";

/** An Auto Scaling group with the subnets of its servers. */
export interface Fleet {
  readonly group: StackResourceOf<"aws:autoscaling/group:Group">;
  readonly subnets: References<SubnetType>;
}

export function fleetsIn(stack: readonly StackResource[]): readonly Fleet[] {
  return allOf(stack, "aws:autoscaling/group:Group").map((group) => ({
    group,
    subnets: subnetsOf(stack, group, "vpcZoneIdentifiers"),
  }));
}

/** The subnets of all fleets together. */
export function subnetsOfFleets(fleets: readonly Fleet[]): References<SubnetType> {
  return mergeReferences(fleets.map(({ subnets }) => subnets));
}

/** The fleets that may be in the VPC of one of the subnets: all of them, when the stack does not show the VPCs. */
export function inVpcOfSubnets(
  fleets: readonly Fleet[],
  subnets: References<SubnetType>,
  stack: readonly StackResource[],
): readonly Fleet[] {
  return subnets.possible.length === 0
    ? fleets
    : fleets.filter((fleet) => subnets.possible.some((subnet) => sharesVpc(fleet, subnet, stack)));
}

/** Whether a fleet may be in the VPC of a resource with a `vpcId`. */
export function sharesVpc(
  { subnets }: Fleet,
  resource: StackResource,
  stack: readonly StackResource[],
): boolean {
  const vpc = vpcOf(stack, resource);
  return subnets.possible.length === 0 || subnets.possible.some((each) => mayBeSame(vpc, vpcOf(stack, each)));
}

/** The fleets whose launch templates name a resource, e.g. in the user data; all of them when no template does. */
export function namedBy(fleets: readonly Fleet[], resource: StackResource): readonly Fleet[] {
  const naming = fleets.filter(({ group }) =>
    templatesOf(group).some((template) =>
      Object.keys(template.propertyDependencies).some((property) => refersTo(template, property, resource)),
    ),
  );
  return naming.length > 0 ? naming : fleets;
}

/** The templates and configurations from which a group starts its servers. */
function templatesOf(group: StackResource): readonly StackResource[] {
  return ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"].flatMap((property) => [
    ...referredTo(group, property, "aws:ec2/launchTemplate:LaunchTemplate"),
    ...referredTo(group, property, "aws:ec2/launchConfiguration:LaunchConfiguration"),
  ]);
}
