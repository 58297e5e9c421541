import type { StackResource } from "../../../policies/support/stack";
import { among, unknown } from "./fixture";

/**
 * How the engine shows a stack with the official `awsx.ec2.Vpc`: each of its outputs depends on all its resources, and so
 * does every property that uses an output. The dependencies of the component's own resources are exact.
 */

const subnetType = "aws:ec2/subnet:Subnet";
const madeByAwsx: readonly string[] = [
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
];

const alsoOfAwsx: readonly string[] = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/eip:Eip",
];

/** The first preview: neither the ids nor their number are known. */
export function firstPreviewWithAwsx(stack: readonly StackResource[]): readonly StackResource[] {
  const blurred = stack.map((resource) => blur(resource, stack));
  return blurred.map((resource) =>
    mapReferences(resource, (property, references) =>
      madeByAwsx.includes(resource.type) || references.every(({ type }) => type !== subnetType)
        ? undefined
        : Array.isArray(Reflect.get(resource.props, property))
          ? unknown
          : Reflect.get(resource.props, property),
    ),
  );
}

/** The end of an update, or a later preview: every id is known. */
export function updateWithAwsx(stack: readonly StackResource[]): readonly StackResource[] {
  return stack.map((resource) => {
    const withIds = mapReferences(resource, (property, references) => {
      const before: unknown = Reflect.get(resource.props, property);
      const ids = references.filter(({ type }) => identified.includes(type)).map(idOf);
      if (ids.length === 0) return undefined;
      if (property === "subnetMappings") return ids.map((subnetId) => ({ subnetId }));
      return isList(property, before) ? ids : before === unknown ? ids[0] : undefined;
    });
    const id = idOf(resource);
    const name = resource.type === "aws:rds/subnetGroup:SubnetGroup" ? { name: id } : {};
    return blur({ ...withIds, props: { ...withIds.props, id, ...name } }, stack);
  });
}

/** Properties that are lists. */
const lists = ["subnetIds", "subnets", "vpcZoneIdentifiers"];

const identified: readonly string[] = [
  subnetType,
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:rds/subnetGroup:SubnetGroup",
];

function isList(property: string, value: unknown): boolean {
  return lists.includes(property) || Array.isArray(value);
}

function idOf({ type, urn }: StackResource): string {
  const kind = type === "aws:ec2/internetGateway:InternetGateway" ? "igw" : "id";
  return `${kind}-${urn}`;
}

/** Makes a property that refers to one subnet depend on all resources of the component. */
function blur(resource: StackResource, stack: readonly StackResource[]): StackResource {
  if (madeByAwsx.includes(resource.type)) return resource;
  const component = stack.filter(({ type }) => [subnetType, ...madeByAwsx, ...alsoOfAwsx].includes(type));
  return among(
    resource,
    Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, references]) => [
        property,
        references.some(({ type }) => type === subnetType)
          ? [...new Set([...references, ...component])]
          : references,
      ]),
    ),
  );
}

/** The resource with other values for properties with references; `undefined` keeps a value. */
function mapReferences(
  resource: StackResource,
  valueOf: (property: string, references: readonly StackResource[]) => unknown,
): StackResource {
  const changed = Object.entries(resource.propertyDependencies).flatMap(([property, references]) => {
    const value = valueOf(property, references);
    return value === undefined ? [] : [[property, value] as const];
  });
  return { ...resource, props: { ...resource.props, ...Object.fromEntries(changed) } };
}
