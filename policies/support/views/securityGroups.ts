import { isResource } from "../resourceTypes";
import { allOf, type StackResource, type StackResourceOf } from "../stack";
import { tryRead } from "../unknown";
import { readTexts, type Located, type Texts } from "./ids";

export type SecurityGroup =
  | StackResourceOf<"aws:ec2/securityGroup:SecurityGroup">
  | StackResourceOf<"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup">;

/** The security groups to which a property refers. */
export interface GroupReferences {
  /** Groups of the stack. */
  readonly own: readonly SecurityGroup[];
  /** Groups that it may refer to, the certain ones included. */
  readonly possible: readonly SecurityGroup[];
  /** Ids and names of groups outside the stack. */
  readonly foreign: readonly Located[];
  /** The policy SDK's error about an id that a preview does not know, if the dependencies do not show which group it is. */
  readonly unknown: Error | undefined;
}

/** The security groups of a stack, the default ones of its VPCs included. */
export function securityGroupsIn(stack: readonly StackResource[]): readonly SecurityGroup[] {
  return [
    ...allOf(stack, "aws:ec2/securityGroup:SecurityGroup"),
    ...allOf(stack, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"),
  ];
}

/**
 * Finds the groups that a property refers to by ids or names. Known ids decide alone. For unknown ones the dependencies
 * count only if there are not more of them than ids: any `apply` over two groups depends on both.
 */
export function groupReferences(
  stack: readonly StackResource[],
  resource: StackResource,
  property: string,
  texts: Texts,
): GroupReferences {
  const groups = securityGroupsIn(stack);
  const found = texts.known.map((text) => ({
    text,
    group: groups.find((group) => isNamed(group, text.value)),
  }));
  const own = found.flatMap(({ group }) => (group === undefined ? [] : [group]));
  const foreign = found.flatMap(({ text, group }) => (group === undefined ? [text] : []));
  const [error] = texts.unknown;
  if (error === undefined) return { own, possible: own, foreign, unknown: undefined };
  const candidates = securityGroupsIn(resource.propertyDependencies[property] ?? []).filter(
    ({ urn }) => !own.some((group) => group.urn === urn),
  );
  const possible = [...own, ...candidates];
  const unknowns = texts.unknown.length;
  const certain = candidates.length > 0 && candidates.length <= unknowns;
  return {
    own: certain ? possible : own,
    possible,
    foreign,
    unknown: candidates.length === unknowns ? undefined : error,
  };
}

export function includesGroup(groups: readonly SecurityGroup[], { urn }: StackResource): boolean {
  return groups.some((group) => group.urn === urn);
}

/** By its id, or by its name as `securityGroupNames` has it. */
function isNamed({ props }: SecurityGroup, text: string): boolean {
  return ["id", "name"].some((key) => {
    const value = tryRead((): unknown => Reflect.get(props, key));
    return value.known && value.value === text;
  });
}

/** The security group of an ingress rule that is a resource of its own; undefined for other resources. */
export function targetOf(
  stack: readonly StackResource[],
  resource: StackResource,
): GroupReferences | undefined {
  const isRule =
    isResource(resource, "aws:ec2/securityGroupRule:SecurityGroupRule") ||
    isResource(resource, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  if (!isRule) return undefined;
  const property = "securityGroupId";
  return groupReferences(
    stack,
    resource,
    property,
    readTexts((): unknown => Reflect.get(resource.props, property), property),
  );
}

/** The resources that have ingress rules of the same security group, for each group with several. */
export function resourcesOfSameGroup(stack: readonly StackResource[]): readonly (readonly StackResource[])[] {
  const byGroup = new Map<string, StackResource[]>();
  const add = (group: string, resource: StackResource) => {
    byGroup.set(group, [...(byGroup.get(group) ?? []), resource]);
  };
  for (const group of securityGroupsIn(stack)) add(group.urn, group);
  for (const resource of stack) {
    const target = targetOf(stack, resource);
    const group = target?.own[0]?.urn ?? target?.foreign[0]?.value;
    if (group !== undefined) add(group, resource);
  }
  return [...byGroup.values()].filter((resources) => resources.length > 1);
}
