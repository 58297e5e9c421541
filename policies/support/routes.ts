import { allOf, referredTo, refersTo, type StackResource, type StackResourceOf } from "./stack";

type RouteTable =
  | StackResourceOf<"aws:ec2/routeTable:RouteTable">
  | StackResourceOf<"aws:ec2/defaultRouteTable:DefaultRouteTable">;

/**
 * Whether a subnet's route table leads to an internet gateway. A subnet that is given none goes by its VPC's
 * main one, which leads nowhere unless the stack takes it over as its default route table.
 */
export function hasWayToInternet(
  subnet: StackResourceOf<"aws:ec2/subnet:Subnet">,
  stack: readonly StackResource[],
): boolean {
  const associations = allOf(stack, "aws:ec2/routeTableAssociation:RouteTableAssociation");
  const own = associations
    .filter((association) => refersTo(association, "subnetId", subnet))
    .flatMap((association) => referredTo(association, "routeTableId", "aws:ec2/routeTable:RouteTable"));
  const tables: readonly RouteTable[] =
    own.length > 0 ? own : allOf(stack, "aws:ec2/defaultRouteTable:DefaultRouteTable");
  return tables.some((table) => leadsToInternet(table, stack));
}

function leadsToInternet(table: RouteTable, stack: readonly StackResource[]): boolean {
  const routes = allOf(stack, "aws:ec2/route:Route").filter((route) =>
    refersTo(route, "routeTableId", table),
  );
  return (
    leadsToGateway(table, "routes") ||
    (table.props.routes ?? []).some(({ gatewayId }) => isGatewayId(gatewayId)) ||
    routes.some((route) => leadsToGateway(route, "gatewayId") || isGatewayId(route.props.gatewayId))
  );
}

function leadsToGateway(resource: StackResource, property: string): boolean {
  return referredTo(resource, property, "aws:ec2/internetGateway:InternetGateway").length > 0;
}

function isGatewayId(id: string | undefined): boolean {
  return id?.startsWith("igw-") === true;
}
