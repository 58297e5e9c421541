import type { StackResource } from "../../../policies/support/stack";
import { among, unknown } from "./fixture";

/**
 * How the engine shows a stack whose VPC `awsx.ec2.Vpc` makes: each of the component's outputs depends on all of its
 * subnets, so that every property made from one does too. What the component itself registers stays precise.
 */

const subnetType = "aws:ec2/subnet:Subnet";
const madeByAwsx: readonly string[] = [
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/route:Route",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
];

/** The first preview: no id is known, nor how many there are. */
export function firstPreviewWithAwsx(stack: readonly StackResource[]): readonly StackResource[] {
  const blurred = stack.map((resource) => blur(resource, stack));
  return blurred.map((resource) =>
    mapHeld(resource, (property, held) =>
      madeByAwsx.includes(resource.type) || held.every(({ type }) => type !== subnetType)
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
    const withIds = mapHeld(resource, (property, held) => {
      const before: unknown = Reflect.get(resource.props, property);
      const ids = held.filter(({ type }) => identified.includes(type)).map(idOf);
      if (ids.length === 0) return undefined;
      if (property === "subnetMappings") return ids.map((subnetId) => ({ subnetId }));
      return isList(property, before) ? ids : before === unknown ? ids[0] : undefined;
    });
    const id = idOf(resource);
    const name = resource.type === "aws:rds/subnetGroup:SubnetGroup" ? { name: id } : {};
    return blur({ ...withIds, props: { ...withIds.props, id, ...name } }, stack);
  });
}

/** What a property of these names is a list of. */
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

/** Makes a property that holds one subnet depend on all of them. */
function blur(resource: StackResource, stack: readonly StackResource[]): StackResource {
  if (madeByAwsx.includes(resource.type)) return resource;
  const subnets = stack.filter(({ type }) => type === subnetType);
  return among(
    resource,
    Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, held]) => [
        property,
        held.some(({ type }) => type === subnetType) ? [...new Set([...held, ...subnets])] : held,
      ]),
    ),
  );
}

/** The resource with other values for properties that were made from others; `undefined` leaves one as it is. */
function mapHeld(
  resource: StackResource,
  valueOf: (property: string, held: readonly StackResource[]) => unknown,
): StackResource {
  const changed = Object.entries(resource.propertyDependencies).flatMap(([property, held]) => {
    const value = valueOf(property, held);
    return value === undefined ? [] : [[property, value] as const];
  });
  return { ...resource, props: { ...resource.props, ...Object.fromEntries(changed) } };
}
