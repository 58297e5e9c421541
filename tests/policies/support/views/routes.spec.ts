import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { expect } from "chai";

import { allOf, type StackResource } from "../../../../policies/support/stack";
import { isUnknownValue } from "../../../../policies/support/unknown";
import { isSameTable, tablesOfSubnet, type Table } from "../../../../policies/support/views/routeTables";
import {
  anyReach,
  natGatewaysOf,
  reachesInternet,
  type Reach,
} from "../../../../policies/support/views/routes";
import { among, anyFixture, unknown } from "../fixture";

type Dependencies = StackResource["propertyDependencies"];

/** A resource as the policy SDK shows it in a preview. */
const shown = (type: string, name: string, props: object = {}, dependencies: Dependencies = {}) =>
  among(anyFixture(type, name, unknownCheckingProxy(props)), dependencies);

const vpc = shown("aws:ec2/vpc:Vpc", "site", { id: "vpc-1" });
const subnetNamed = (name: string) =>
  shown("aws:ec2/subnet:Subnet", name, { id: `subnet-${name}`, vpcId: "vpc-1" });
const tableNamed = (name: string, props: object = {}, dependencies: Dependencies = {}) =>
  shown("aws:ec2/routeTable:RouteTable", name, { id: `rtb-${name}`, vpcId: "vpc-1", ...props }, dependencies);
const associate = (name: string, props: object, dependencies: Dependencies = {}) =>
  shown("aws:ec2/routeTableAssociation:RouteTableAssociation", name, props, dependencies);
const routeNamed = (name: string, props: object, dependencies: Dependencies = {}) =>
  shown("aws:ec2/route:Route", name, props, dependencies);
const gateway = shown("aws:ec2/internetGateway:InternetGateway", "gateway", { id: "igw-1" });
const nat = (name: string) => shown("aws:ec2/natGateway:NatGateway", name, { id: `nat-${name}` });

const a = subnetNamed("a");
const own = tableNamed("own");
const ownOfA = associate("a", { subnetId: "subnet-a", routeTableId: "rtb-own" });
const toInternet = routeNamed("out", { routeTableId: "rtb-own", gatewayId: "igw-1" });
const base = [vpc, a, own, ownOfA, gateway];

function subnetIn(stack: readonly StackResource[]) {
  const [subnet] = allOf(stack, "aws:ec2/subnet:Subnet");
  if (subnet === undefined) throw new Error("the stack has no subnet");
  return subnet;
}

/** `unknown` for a reach that a preview does not know. */
function reachIn(...stack: readonly StackResource[]): boolean | "unknown" {
  const reach = reachesInternet(subnetIn(stack), stack);
  if (typeof reach === "boolean") return reach;
  expect(isUnknownValue(reach.unknown)).to.equal(true);
  return "unknown";
}

describe("the way of a subnet to the internet", () => {
  it("is a route of its table to an internet gateway", () => {
    expect(reachIn(...base, toInternet)).to.equal(true);
    expect(reachIn(...base)).to.equal(false);
    expect(reachIn(...base, routeNamed("vpn", { routeTableId: "rtb-own", gatewayId: "vgw-1" }))).to.equal(
      false,
    );
    expect(reachIn(...base, routeNamed("far", { routeTableId: "rtb-own", gatewayId: "igw-far" }))).to.equal(
      true,
    );
    expect(reachIn(...base, routeNamed("odd", { routeTableId: "rtb-other", gatewayId: "igw-1" }))).to.equal(
      false,
    );
  });

  it("is an inline route of its table", () => {
    const inline = (routes: unknown, dependencies: readonly StackResource[] = []) =>
      reachIn(vpc, a, ownOfA, gateway, tableNamed("own", { routes }, { routes: dependencies }));
    expect(inline([{ cidrBlock: "10.0.0.0/8" }, { gatewayId: "igw-1" }])).to.equal(true);
    expect(inline([{ natGatewayId: "nat-1" }, { gatewayId: "igw-far" }])).to.equal(true);
    expect(inline([{ gatewayId: "vgw-1" }])).to.equal(false);
    expect(inline([{ gatewayId: unknown }], [gateway])).to.equal(true);
    expect(inline([{ gatewayId: unknown }], [nat("a")])).to.equal(false);
    expect(inline([])).to.equal(false);
  });

  it("is not known where a preview does not know the routes that the program writes", () => {
    const table = (dependencies: Dependencies) => tableNamed("own", { routes: unknown }, dependencies);
    expect(reachIn(vpc, a, ownOfA, table({ routes: [vpc] }))).to.equal("unknown");
    // The provider computes the routes.
    expect(reachIn(vpc, a, ownOfA, table({ routes: [] }))).to.equal(false);
    expect(reachIn(vpc, a, ownOfA, table({}))).to.equal(false);
  });

  it("is a route to an unknown gateway only if it may be an internet gateway", () => {
    const second = shown("aws:ec2/internetGateway:InternetGateway", "second", { id: unknown });
    const first = shown("aws:ec2/internetGateway:InternetGateway", "gateway", { id: unknown });
    const route = (dependencies: readonly StackResource[]) =>
      routeNamed("out", { routeTableId: "rtb-own", gatewayId: unknown }, { gatewayId: dependencies });
    expect(reachIn(...base, route([gateway]))).to.equal(true);
    expect(reachIn(...base, route([nat("a")]))).to.equal(false);
    expect(reachIn(vpc, a, own, ownOfA, first, second, route([first, second]))).to.equal("unknown");
  });

  it("is not known where a route may be on its table", () => {
    const other = tableNamed("other", { id: unknown });
    const mine = tableNamed("own", { id: unknown });
    const ofA = associate("a", { subnetId: "subnet-a", routeTableId: unknown }, { routeTableId: [mine] });
    const maybe = (gatewayId: string) =>
      routeNamed("maybe", { routeTableId: unknown, gatewayId }, { routeTableId: [mine, other] });
    const stack = [vpc, a, mine, other, ofA, gateway];
    expect(reachIn(...stack, maybe("igw-1"))).to.equal("unknown");
    expect(reachIn(...stack, maybe("vgw-1"))).to.equal(false);
  });

  it("is known where all tables that the subnet may have agree", () => {
    const other = tableNamed("other");
    const b = subnetNamed("b");
    const maybe = (routeTableId: string) =>
      associate("maybe", { subnetId: unknown, routeTableId }, { subnetId: [a, b] });
    const toOther = routeNamed("other", { routeTableId: "rtb-other", gatewayId: "igw-1" });
    const adopted = shown("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
      ...{ vpcId: "vpc-1", routeTableId: "rtb-own" },
    });
    const stack = [vpc, a, b, own, other, gateway, adopted];
    expect(reachIn(...stack, maybe("rtb-other"))).to.equal(false);
    expect(reachIn(...stack, maybe("rtb-other"), toOther)).to.equal("unknown");
    expect(reachIn(...stack, maybe("rtb-other"), toInternet)).to.equal("unknown");
    expect(reachIn(...stack, maybe("rtb-other"), toOther, toInternet)).to.equal(true);
  });

  it("is the route of the account's default VPC, unless the stack adopts its table", () => {
    const ofDefault = shown("aws:ec2/defaultVpc:DefaultVpc", "default", {
      id: "vpc-0",
      defaultRouteTableId: "rtb-0",
    });
    const subnet = shown("aws:ec2/subnet:Subnet", "a", { id: "subnet-a", vpcId: "vpc-0" });
    const adopted = shown("aws:ec2/defaultRouteTable:DefaultRouteTable", "adopted", {
      defaultRouteTableId: "rtb-0",
    });
    expect(reachIn(ofDefault, subnet)).to.equal(true);
    expect(reachIn(ofDefault, subnet, adopted)).to.equal(false);
    expect(reachIn(vpc, a)).to.equal(false);
  });

  it("is yes if one is, else unknown if one is", () => {
    const error = { unknown: new Error("not known") };
    const cases: readonly (readonly [readonly Reach[], Reach])[] = [
      [[false, error, true], true],
      [[false, error], error],
      [[false], false],
      [[], false],
    ];
    for (const [reaches, expected] of cases) expect(anyReach(reaches)).to.equal(expected);
  });
});

describe("the NAT gateways of a subnet", () => {
  const namesIn = (...stack: readonly StackResource[]) => {
    const { certain, possible, unknown: error } = natGatewaysOf(subnetIn(stack), stack);
    const names = (all: readonly StackResource[]) => all.map(({ name }) => name);
    return { certain: names(certain), possible: names(possible), isUnknown: error !== undefined };
  };
  const toNat = (table: string, name: string) =>
    routeNamed(`${table}-${name}`, { routeTableId: `rtb-${table}`, natGatewayId: `nat-${name}` });
  const known = (...names: readonly string[]) => ({ certain: names, possible: names, isUnknown: false });

  it("are those of the routes of its table, inline ones included", () => {
    expect(namesIn(...base, nat("a"), nat("b"), toNat("own", "a"))).to.deep.equal(known("a"));
    const inline = tableNamed("own", { routes: [{ natGatewayId: "nat-b" }] });
    expect(namesIn(vpc, a, inline, ownOfA, nat("a"), nat("b"), toNat("own", "a"))).to.deep.equal(
      known("b", "a"),
    );
    expect(namesIn(...base, nat("a"), toNat("other", "a"))).to.deep.equal(known());
  });

  it("are possible for a route that may be on its table", () => {
    const mine = tableNamed("own", { id: unknown });
    const other = tableNamed("other", { id: unknown });
    const ofA = associate("a", { subnetId: "subnet-a", routeTableId: unknown }, { routeTableId: [mine] });
    const route = routeNamed(
      "maybe",
      { routeTableId: unknown, natGatewayId: "nat-a" },
      { routeTableId: [mine, other] },
    );
    expect(namesIn(vpc, a, mine, other, ofA, nat("a"), route)).to.deep.equal({
      ...{ certain: [], possible: ["a"], isUnknown: true },
    });
  });

  it("are possible for a table that the subnet may have, which does not matter without one", () => {
    const b = subnetNamed("b");
    const other = tableNamed("other");
    const maybe = associate("maybe", { subnetId: unknown, routeTableId: "rtb-other" }, { subnetId: [a, b] });
    const stack = [vpc, a, b, own, other, maybe, nat("a")];
    expect(namesIn(...stack)).to.deep.equal(known());
    expect(namesIn(...stack, toNat("other", "a"))).to.deep.equal({
      ...{ certain: [], possible: ["a"], isUnknown: true },
    });
  });
});

describe("the tables of a subnet", () => {
  const kindsIn = (...stack: readonly StackResource[]) => {
    const { certain, possible, unknown: error } = tablesOfSubnet(subnetIn(stack), stack);
    const text = ({ kind, resources }: Table) => [kind, ...resources.map(({ name }) => name)].join(" ");
    return { certain: certain.map(text), possible: possible.map(text), isUnknown: error !== undefined };
  };
  const known = (...tables: readonly string[]) => ({ certain: tables, possible: tables, isUnknown: false });

  it("are its own by an association, else the main one", () => {
    expect(kindsIn(...base)).to.deep.equal(known("own own"));
    expect(kindsIn(vpc, a, own)).to.deep.equal(known("default"));
    const main = shown("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
      ...{ vpcId: "vpc-1", routeTableId: "rtb-own" },
    });
    expect(kindsIn(vpc, a, own, main)).to.deep.equal(known("own own"));
  });

  it("are possible where a preview does not know the subnet of an association", () => {
    const maybe = associate(
      "maybe",
      { subnetId: unknown, routeTableId: "rtb-own" },
      { subnetId: [a, subnetNamed("b")] },
    );
    expect(kindsIn(vpc, a, own, maybe)).to.deep.equal({
      ...{ certain: [], possible: ["default", "own own"], isUnknown: true },
    });
  });

  it("are the same by their resource, or by their VPC", () => {
    const ownTable = (table: StackResource): Table => {
      const [resource] = allOf([table], "aws:ec2/routeTable:RouteTable");
      if (resource === undefined) throw new Error("not a table");
      return { kind: "own", resources: [resource] };
    };
    const defaultOf = (urn: string): Table => ({
      ...{ kind: "default", vpc: { ours: [urn], elsewhere: undefined, known: false }, resources: [] },
    });
    expect(isSameTable(ownTable(own), ownTable(tableNamed("own")))).to.equal(true);
    expect(isSameTable(ownTable(own), ownTable(tableNamed("other")))).to.equal(false);
    expect(isSameTable(ownTable(own), defaultOf("a"))).to.equal(false);
    expect(isSameTable(defaultOf("a"), ownTable(own))).to.equal(false);
    expect(isSameTable(defaultOf("a"), defaultOf("a"))).to.equal(true);
    expect(isSameTable(defaultOf("a"), defaultOf("b"))).to.equal(false);
  });
});
