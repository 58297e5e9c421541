import { mergeReferences, referencesOf, type References } from "../references";
import { allOf, type StackResource } from "../stack";
import { tryRead } from "../unknown";
import { isSameTable, tablesOfSubnet, tablesReferredTo, type Table } from "./routeTables";
import type { Subnet } from "./subnets";
import { isDefault } from "./vpcs";

type NatGateway = "aws:ec2/natGateway:NatGateway";

/** Yes or no; or the policy SDK's error about an unknown value on which the answer depends. */
export type Reach = boolean | { readonly unknown: Error };

/** Whether a subnet's route table has a route to an internet gateway. */
export function reachesInternet(subnet: Subnet, stack: readonly StackResource[]): Reach {
  const { certain, possible, unknown } = tablesOfSubnet(subnet, stack);
  const reachOfTable = (table: Table) => tableReach(table, stack);
  return unknown === undefined
    ? anyReach(certain.map(reachOfTable))
    : agreed(possible.map(reachOfTable), unknown);
}

/** The NAT gateways to which a subnet's route table leads. */
export function natGatewaysOf(subnet: Subnet, stack: readonly StackResource[]): References<NatGateway> {
  const tables = tablesOfSubnet(subnet, stack);
  const natGatewaysOfAll = (all: readonly Table[]) =>
    mergeReferences(all.map((table) => natGatewaysOfTable(table, stack)));
  const certain = natGatewaysOfAll(tables.certain);
  if (tables.unknown === undefined) return certain;
  const { possible, unknown } = natGatewaysOfAll(tables.possible);
  // A table that the subnet may not have matters only if it leads to a NAT gateway.
  const isDoubtful = possible.length > certain.certain.length;
  return {
    certain: certain.certain,
    possible,
    unknown: unknown ?? (isDoubtful ? tables.unknown : undefined),
  };
}

function natGatewaysOfTable(table: Table, stack: readonly StackResource[]): References<NatGateway> {
  const token = "aws:ec2/natGateway:NatGateway";
  return mergeReferences([
    ...table.resources.map((each) => referencesOf(stack, each, "routes", token, { member: "natGatewayId" })),
    ...routesOn(table, stack).map(({ route, unknown }) => {
      const all = referencesOf(stack, route, "natGatewayId", token);
      return unknown === undefined ? all : { certain: [], possible: all.possible, unknown };
    }),
  ]);
}

function tableReach(table: Table, stack: readonly StackResource[]): Reach {
  // AWS gives the default VPC's table a route to the internet, which remains unless the stack adopts the table.
  if (table.kind === "default" && table.resources.length === 0 && isDefault(table.vpc)) return true;
  return anyReach([
    ...table.resources.map((each) => inlineReach(each, stack)),
    ...routesOn(table, stack).map(({ route, unknown }) => {
      const reach = leadsToGateway(route, stack);
      return unknown === undefined ? reach : agreed([false, reach], unknown);
    }),
  ]);
}

/** The route resources that are on a table, or may be: these with the policy SDK's error about the unknown value. */
function routesOn(table: Table, stack: readonly StackResource[]) {
  return allOf(stack, "aws:ec2/route:Route").flatMap((route) => {
    const { certain, possible, unknown } = tablesReferredTo(route, stack);
    if (certain.some((each) => isSameTable(each, table))) return [{ route, unknown: undefined }];
    return possible.some((each) => isSameTable(each, table)) ? [{ route, unknown }] : [];
  });
}

/** The inline routes of a table. */
function inlineReach(table: Table["resources"][number], stack: readonly StackResource[]): Reach {
  const ours = reachOf(referencesOf(stack, table, "routes", gatewayType, { member: "gatewayId" }));
  if (ours !== false) return ours;
  const routes = tryRead(() => table.props.routes ?? []);
  // Without inline routes in the program the provider computes the property: it then has no route of the stack.
  if (!routes.known) return isWritten(table, "routes") ? { unknown: routes.error } : false;
  return [...routes.value.keys()].some((index) => {
    const id = tryRead(() => routes.value.at(index)?.gatewayId);
    return id.known && isGatewayId(id.value);
  });
}

/** An unknown id that comes from no internet gateway of this stack has another target. */
function leadsToGateway(route: StackResource, stack: readonly StackResource[]): Reach {
  const ours = reachOf(referencesOf(stack, route, "gatewayId", gatewayType));
  const id = tryRead((): unknown => Reflect.get(route.props, "gatewayId"));
  return id.known && isGatewayId(id.value) ? true : ours;
}

const gatewayType = "aws:ec2/internetGateway:InternetGateway";

function reachOf({ certain, possible, unknown }: References<typeof gatewayType>): Reach {
  if (certain.length > 0) return true;
  return possible.length > 0 && unknown !== undefined ? { unknown } : false;
}

/** Whether an unknown value comes from another resource of the program. */
function isWritten({ propertyDependencies }: StackResource, property: string): boolean {
  return (propertyDependencies[property] ?? []).length > 0;
}

function isGatewayId(id: unknown): boolean {
  return typeof id === "string" && id.startsWith("igw-");
}

/** Whether one of them is yes; unknown ones do not matter then. */
export function anyReach(reaches: readonly Reach[]): Reach {
  return reaches.includes(true) || (reaches.find((reach) => reach !== false) ?? false);
}

/** The answer of all possibilities if they agree, else unknown. */
function agreed(possibilities: readonly Reach[], unknown: Error | undefined): Reach {
  const [first = false, ...others] = possibilities;
  const agree = typeof first === "boolean" && others.every((other) => other === first);
  if (agree) return first;
  return unknown === undefined ? anyReach(possibilities) : { unknown };
}
