import { referencesOf } from "./references";
import type { Token } from "./resourceTypes";
import { allOf, referredTo, type StackResource, type StackResourceOf } from "./stack";
import { tryRead } from "./unknown";

type Subnet = StackResourceOf<"aws:ec2/subnet:Subnet">;
type RouteTable =
  | StackResourceOf<"aws:ec2/routeTable:RouteTable">
  | StackResourceOf<"aws:ec2/defaultRouteTable:DefaultRouteTable">;

/** Yes or no; or the policy SDK's error about an unknown value on which the answer depends. */
export type Reach = boolean | { readonly unknown: Error };

/**
 * Whether a subnet's route table has a route to an internet gateway. A subnet without an association uses its VPC's main
 * table, which has no such route unless the stack adds one.
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

/** Through the table of an association. */
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

/** Through the main table of the subnet's VPC, in every way in which a stack can change it. */
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

/** The VPCs that a property refers to, by the id of the VPC or of its main table. */
function vpcsOf(stack: readonly StackResource[], resource: StackResource, property: string) {
  return ["id", "mainRouteTableId", "defaultRouteTableId"].flatMap(
    (key) => referencesOf(stack, resource, property, "aws:ec2/vpc:Vpc", { key }).possible,
  );
}

/** False only if the stack shows that they are different. */
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

/** The inline routes of a table. */
function inlineReach(table: RouteTable): Reach {
  if (refersToGateway(table, "routes")) return true;
  const routes = tryRead(() => table.props.routes ?? []);
  // Without inline routes in the program the provider computes the property: it then has no route of the stack.
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
  // An internet gateway of this stack would be a dependency: an unknown id without one has another target.
  return id.known && isGatewayId(id.value);
}

/** Whether an unknown value comes from another resource of the program. */
function isWritten({ propertyDependencies }: StackResource, property: string): boolean {
  return (propertyDependencies[property] ?? []).length > 0;
}

function refersToGateway(resource: StackResource, property: string): boolean {
  return referredTo(resource, property, "aws:ec2/internetGateway:InternetGateway").length > 0;
}

function isGatewayId(id: unknown): boolean {
  return typeof id === "string" && id.startsWith("igw-");
}

/** Whether one of them is yes; unknown ones do not matter then. */
function any(reaches: readonly Reach[]): Reach {
  return reaches.includes(true) || (reaches.find((reach) => reach !== false) ?? false);
}

/** The answer of all possibilities if they agree, else unknown. */
function agreed(possibilities: readonly Reach[], unknown: Error | undefined): Reach {
  const [first = false, ...others] = possibilities;
  const agree = typeof first === "boolean" && others.every((other) => other === first);
  if (agree) return first;
  return unknown === undefined ? any(possibilities) : { unknown };
}

function includes(resources: readonly StackResource[], resource: StackResource): boolean {
  return resources.some(({ urn }) => urn === resource.urn);
}
