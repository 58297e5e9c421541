import { referencesOf } from "../references";
import { allOf, type StackResource, type StackResourceOf } from "../stack";
import { subnetsOf, type Subnet } from "./subnets";
import { mayBeSame, vpcOf, type VpcOf } from "./vpcs";

type OwnTable = StackResourceOf<"aws:ec2/routeTable:RouteTable">;
type AdoptedTable = StackResourceOf<"aws:ec2/defaultRouteTable:DefaultRouteTable">;

/** A route table of the stack, or the one that AWS creates with a VPC. */
export type Table =
  | { readonly kind: "own"; readonly resources: readonly [OwnTable] }
  | {
      readonly kind: "default";
      readonly vpc: VpcOf;
      /** The resources by which the stack adopts it, which removes its routes. */
      readonly resources: readonly AdoptedTable[];
    };

/** The tables that a subnet has, or may have. */
export interface Tables {
  readonly certain: readonly Table[];
  /** The certain ones included. */
  readonly possible: readonly Table[];
  /** The policy SDK's error about the unknown value; `undefined` when all are known. */
  readonly unknown: Error | undefined;
}

/** The tables of a subnet: its own by an association, else its VPC's main table. */
export function tablesOfSubnet(subnet: Subnet, stack: readonly StackResource[]): Tables {
  const associations = allOf(stack, "aws:ec2/routeTableAssociation:RouteTableAssociation").map(
    (association) => ({ association, subnets: subnetsOf(stack, association, "subnetId") }),
  );
  const tablesOf = ({ association }: (typeof associations)[number]) => tablesReferredTo(association, stack);
  const own = associations.filter(({ subnets }) => includes(subnets.certain, subnet));
  if (own.length > 0) return merged(own.map(tablesOf));
  const maybeOwn = associations.filter(({ subnets }) => includes(subnets.possible, subnet));
  const main = mainTablesOf(vpcOf(stack, subnet), stack);
  const [first] = maybeOwn;
  if (first === undefined) return main;
  const { possible, unknown } = merged([main, ...maybeOwn.map(tablesOf)]);
  return { certain: [], possible, unknown: first.subnets.unknown ?? unknown };
}

/** The table that the stack sets as a VPC's main table, else the VPC's default one. */
function mainTablesOf(vpc: VpcOf, stack: readonly StackResource[]): Tables {
  const chosen = allOf(stack, "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation").filter(
    (association) => mayBeSame(vpc, vpcOf(stack, association)),
  );
  if (chosen.length > 0) return merged(chosen.map((association) => tablesReferredTo(association, stack)));
  return certainly([defaultTable(vpc, stack)]);
}

/** The tables that the `routeTableId` of a resource refers to. */
export function tablesReferredTo(resource: StackResource, stack: readonly StackResource[]): Tables {
  const at = "routeTableId";
  const own = referencesOf(stack, resource, at, "aws:ec2/routeTable:RouteTable");
  const adopted = referencesOf(stack, resource, at, "aws:ec2/defaultRouteTable:DefaultRouteTable");
  const asTable = (table: OwnTable): Table => ({ kind: "own", resources: [table] });
  const asDefault = (table: AdoptedTable): Table => ({
    kind: "default",
    vpc: vpcOf(stack, table, "defaultRouteTableId"),
    resources: [table],
  });
  const found = merged([
    { ...own, certain: own.certain.map(asTable), possible: own.possible.map(asTable) },
    { ...adopted, certain: adopted.certain.map(asDefault), possible: adopted.possible.map(asDefault) },
  ]);
  if (found.possible.length > 0) return found;
  // `vpc.mainRouteTableId` or `vpc.defaultRouteTableId`
  const vpc = vpcOf(stack, resource, at);
  return certainly(vpc.ours.length > 0 ? [defaultTable(vpc, stack)] : []);
}

function defaultTable(vpc: VpcOf, stack: readonly StackResource[]): Table {
  const resources = allOf(stack, "aws:ec2/defaultRouteTable:DefaultRouteTable").filter((table) =>
    mayBeSame(vpc, vpcOf(stack, table, "defaultRouteTableId")),
  );
  return { kind: "default", vpc, resources };
}

/** Whether they are, or may be, the same table. */
export function isSameTable(one: Table, other: Table): boolean {
  if (one.kind === "default" && other.kind === "default") {
    const { resources } = other;
    return one.resources.some((each) => includes(resources, each)) || mayBeSame(one.vpc, other.vpc);
  }
  return one.kind === other.kind && includes(one.resources, other.resources[0]);
}

function certainly(tables: readonly Table[]): Tables {
  return { certain: tables, possible: tables, unknown: undefined };
}

function merged(all: readonly Tables[]): Tables {
  return {
    certain: all.flatMap(({ certain }) => certain),
    possible: all.flatMap(({ possible }) => possible),
    unknown: all.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
}

function includes(resources: readonly StackResource[], resource: StackResource | undefined): boolean {
  return resources.some(({ urn }) => urn === resource?.urn);
}
