import { referencesOf } from "./references";
import type { Token } from "./resourceTypes";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "./stack";
import { tryRead } from "./unknown";

type Subnet = StackResourceOf<"aws:ec2/subnet:Subnet">;
type RouteTable =
  | StackResourceOf<"aws:ec2/routeTable:RouteTable">
  | StackResourceOf<"aws:ec2/defaultRouteTable:DefaultRouteTable">;

/** Yes or no; or the policy SDK's error about a value that a preview does not know and the answer depends on. */
export type Reach = boolean | { readonly unknown: Error };

/**
 * Whether a subnet's route table leads to an internet gateway. A subnet without an association of its own uses
 * its VPC's main table, which leads nowhere unless the stack changes it.
 */
export function reachesInternet(subnet: Subnet, stack: readonly StackResource[]): Reach {
  const associations = allOf(stack, "aws:ec2/routeTableAssociation:RouteTableAssociation").map(
    (association) => ({
      association,
      subnets: referencesOf(stack, association, "subnetId", "aws:ec2/subnet:Subnet"),
    }),
  );
  const own = associations.filter(({ subnets }) => includes(subnets.certain, subnet));
  const reachOf = ({ association }: (typeof associations)[number]) => associatedReach(association, stack);
  if (own.length > 0) return any(own.map(reachOf));
  const maybeOwn = associations.filter(({ subnets }) => includes(subnets.possible, subnet));
  const [first] = maybeOwn;
  const main = mainReach(subnet, stack);
  return first === undefined ? main : agreed([main, ...maybeOwn.map(reachOf)], first.subnets.unknown);
}

/** Through the table that an association names. */
function associatedReach(association: StackResource, stack: readonly StackResource[]): Reach {
  const { certain, possible, unknown } = referencesOf(
    stack,
    association,
    "routeTableId",
    "aws:ec2/routeTable:RouteTable",
  );
  const reachOf = (table: RouteTable) => tableReach(table, stack);
  return unknown === undefined ? any(certain.map(reachOf)) : agreed(possible.map(reachOf), unknown);
}

/** Through the main table of the subnet's VPC, in each of the ways in which a stack can change that table. */
function mainReach(subnet: Subnet, stack: readonly StackResource[]): Reach {
  const ofSameVpc = (resource: StackResource, property: string) =>
    mayShareVpc(vpcsOf(stack, subnet, "vpcId"), vpcsOf(stack, resource, property));
  const adopted = allOf(stack, "aws:ec2/defaultRouteTable:DefaultRouteTable").filter((table) =>
    ofSameVpc(table, "defaultRouteTableId"),
  );
  const chosen = allOf(stack, "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation").filter(
    (association) => ofSameVpc(association, "vpcId"),
  );
  if (chosen.length > 0) return any(chosen.map((association) => associatedReach(association, stack)));
  const added = allOf(stack, "aws:ec2/route:Route").filter(
    (route) => isOnMainTable(route, stack) && ofSameVpc(route, "routeTableId"),
  );
  return any([
    ...adopted.map((table) => tableReach(table, stack)),
    ...added.map((route) => leadsToGateway(route, "gatewayId")),
  ]);
}

/** A route whose table is `vpc.mainRouteTableId` or `vpc.defaultRouteTableId`. */
function isOnMainTable(route: StackResource, stack: readonly StackResource[]): boolean {
  const tables = referencesOf(stack, route, "routeTableId", "aws:ec2/routeTable:RouteTable");
  const adopted = referencesOf(stack, route, "routeTableId", "aws:ec2/defaultRouteTable:DefaultRouteTable");
  return (
    tables.possible.length + adopted.possible.length === 0 && vpcsOf(stack, route, "routeTableId").length > 0
  );
}

/** The VPCs that a property refers to, by the VPC's own id or by that of its main table. */
function vpcsOf(stack: readonly StackResource[], resource: StackResource, property: string) {
  return ["id", "mainRouteTableId", "defaultRouteTableId"].flatMap(
    (key) => referencesOf(stack, resource, property, "aws:ec2/vpc:Vpc", { key }).possible,
  );
}

/** Not when the stack shows that they are different. */
function mayShareVpc(some: readonly StackResource[], others: readonly StackResource[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((vpc) => includes(others, vpc));
}

function tableReach(table: RouteTable, stack: readonly StackResource[]): Reach {
  const token: Token = table.type;
  const routes = allOf(stack, "aws:ec2/route:Route").map((route) => ({
    route,
    tables: referencesOf(stack, route, "routeTableId", token),
  }));
  return any([
    inlineReach(table),
    ...routes
      .filter(({ tables }) => includes(tables.possible, table))
      .map(({ route, tables }) => {
        const reach = leadsToGateway(route, "gatewayId");
        return includes(tables.certain, table) ? reach : agreed([false, reach], tables.unknown);
      }),
  ]);
}

/** The routes that are written in the table itself. */
function inlineReach(table: RouteTable): Reach {
  if (refersToGateway(table, "routes")) return true;
  const routes = tryRead(() => table.props.routes ?? []);
  // What the program does not write the provider computes: then no route of the stack's is in it.
  if (!routes.known) return isWritten(table, "routes") ? { unknown: routes.error } : false;
  return any(
    [...routes.value.keys()].map((index) => {
      const id = tryRead(() => routes.value.at(index)?.gatewayId);
      return id.known ? isGatewayId(id.value) : { unknown: id.error };
    }),
  );
}

function leadsToGateway(route: StackResource, property: string): Reach {
  if (refersToGateway(route, property)) return true;
  const id = tryRead((): unknown => Reflect.get(route.props, property));
  // A gateway of this stack would be among the dependencies: an unknown id without one is another target's.
  return id.known && isGatewayId(id.value);
}

/** Whether the program made a value that the preview does not know from another resource. */
function isWritten({ propertyDependencies }: StackResource, property: string): boolean {
  return (propertyDependencies[property] ?? []).length > 0;
}

function refersToGateway(resource: StackResource, property: string): boolean {
  return referredTo(resource, property, "aws:ec2/internetGateway:InternetGateway").length > 0;
}

function isGatewayId(id: unknown): boolean {
  return typeof id === "string" && id.startsWith("igw-");
}

/** Whether one of them leads there: a yes decides, whatever else is not known. */
function any(reaches: readonly Reach[]): Reach {
  return reaches.includes(true) || (reaches.find((reach) => reach !== false) ?? false);
}

/** The answer on which all possibilities agree. */
function agreed(possibilities: readonly Reach[], unknown: Error | undefined): Reach {
  const [first = false, ...others] = possibilities;
  const agree = typeof first === "boolean" && others.every((other) => other === first);
  if (agree) return first;
  return unknown === undefined ? any(possibilities) : { unknown };
}

function includes(resources: readonly StackResource[], resource: StackResource): boolean {
  return resources.some(({ urn }) => urn === resource.urn);
}
