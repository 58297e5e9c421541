import { databaseInPrivateSubnets } from "../../../policies/guardrails/rules/databaseInPrivateSubnets";
import type { StackResource } from "../../../policies/support/stack";
import { firstPreviewWithAwsx, updateWithAwsx } from "../support/awsx";
import { expectViolation, itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, anyFixture, fixture, spoil, unknown } from "../support/fixture";
import { judgeStack } from "../support/judge";
import {
  database,
  endpoint,
  gateway,
  group,
  privateSubnets,
  publicSubnets,
  replacing,
  routeOf,
  site,
  subnetGroup,
  without,
} from "../support/site";

const rule = databaseInPrivateSubnets;
const refused = {
  of: database,
  at: "dbSubnetGroupName",
  allowed: "subnets without a route to an internet gateway",
};
const reached = (name: string) => ({
  ...refused,
  value: `subnets with a route to an internet gateway: ${name}`,
});
const tableOf = (subnet: StackResource) => {
  const table = site.find(
    ({ type, name }) => type === "aws:ec2/routeTable:RouteTable" && name === subnet.name,
  );
  if (table === undefined) throw new Error(`${subnet.name} has no route table`);
  return table;
};

describe("database-in-private-subnets", () => {
  itPassesStack(rule, "a database in private subnets", site);
  itRefusesStack(
    rule,
    "a database in a public subnet",
    replacing(among(subnetGroup, { subnetIds: [...privateSubnets.slice(0, 1), ...publicSubnets.slice(1)] })),
    reached("public-2"),
  );
  for (const privateSubnet of privateSubnets.slice(0, 1)) {
    const table = tableOf(privateSubnet);
    itRefusesStack(
      rule,
      "a private subnet with an added route to the internet",
      [...site, { ...routeOf(table, "gatewayId", gateway), urn: "another" }],
      reached("private-1"),
    );
    itRefusesStack(
      rule,
      "a route to a gateway of another stack",
      [
        ...site,
        among(fixture("aws:ec2/route:Route", "elsewhere", { gatewayId: "igw-1", routeTableId: unknown }), {
          routeTableId: [table],
        }),
      ],
      reached("private-1"),
    );
    const inline = { ...table, props: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] } };
    itRefusesStack(rule, "an inline route", replacing(inline), reached("private-1"));
    const linked = among(table, { routes: [gateway] });
    itRefusesStack(rule, "an inline route to the stack's gateway", replacing(linked), reached("private-1"));
  }

  const bare = among(fixture("aws:ec2/subnet:Subnet", "bare"), {});
  const inBare = [...replacing(among(subnetGroup, { subnetIds: [bare] })), bare];
  const main = fixture("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", {
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
  });
  itPassesStack(rule, "a subnet with AWS's default main table", inBare);
  itPassesStack(rule, "a subnet with its own table beside a public main table", [...site, among(main, {})]);
  itRefusesStack(
    rule,
    "a main table with a route to the internet",
    [...inBare, among(main, {})],
    reached("bare"),
  );

  const unseen = { ...refused, allowed: "a subnet group of this stack's private subnets" };
  itRefusesStack(
    rule,
    "no subnet group",
    replacing(among(spoil(database, { dbSubnetGroupName: undefined }), {})),
    {
      ...unseen,
      value: undefined,
    },
  );
  // As the provider returns a property that is not set.
  const empty = among(spoil(database, { dbSubnetGroupName: "", replicateSourceDb: "" }), {});
  itRefusesStack(rule, "an empty subnet group", replacing(empty), { ...unseen, value: undefined });
  itRefusesStack(
    rule,
    "a subnet group of another stack",
    replacing(among(spoil(database, { dbSubnetGroupName: "theirs" }), {})),
    { ...unseen, value: "subnets of another stack" },
  );
  const cluster = among(fixture("aws:rds/cluster:Cluster", "aurora"), {});
  itRefusesStack(rule, "a cluster without a subnet group", [...site, cluster], {
    ...unseen,
    of: cluster,
    value: undefined,
  });

  describe("in a VPC of awsx, whose outputs depend on every subnet", () => {
    const inPublic = replacing(among(subnetGroup, { subnetIds: publicSubnets }));
    for (const [what, stack] of [
      ["a database in private subnets", site],
      ["a database in public subnets", inPublic],
    ] as const) {
      itAwaitsUpdate(rule, what, firstPreviewWithAwsx(stack), "subnetIds");
    }
    it("refuses, in its first preview, a database whose possible subnets are all public", async () => {
      const isPrivate = ({ name, type }: StackResource) =>
        name.startsWith("private-") && type !== "aws:ec2/natGateway:NatGateway";
      const allPublic = inPublic.filter((resource) => !isPrivate(resource) && resource !== endpoint);
      const withoutFleet = without(group, endpoint, ...site.filter(isPrivate)).map(
        (resource) => allPublic.find(({ urn }) => urn === resource.urn) ?? resource,
      );
      const verdict = await judgeStack(rule, firstPreviewWithAwsx(withoutFleet));
      expectViolation(verdict, reached("public-1, public-2"));
    });
    it("refuses, in a later preview, a private subnet with an added route", async () => {
      const [subnet] = privateSubnets;
      if (subnet === undefined) throw new Error("the site has no private subnet");
      const open = { ...routeOf(tableOf(subnet), "gatewayId", gateway), urn: "another" };
      const verdict = await judgeStack(rule, [...updateWithAwsx(site), open]);
      expectViolation(verdict, reached("private-1"));
    });
    const association = among(
      fixture("aws:ec2/routeTableAssociation:RouteTableAssociation", "by-hand", {
        subnetId: unknown,
        routeTableId: unknown,
      }),
      {
        subnetId: [...publicSubnets, ...privateSubnets],
        routeTableId: [tableOf(publicSubnets[0] ?? gateway)],
      },
    );
    itPassesStack(rule, "private subnets with their own tables beside other associations", [
      ...site,
      association,
    ]);
  });

  const vpc = among(anyFixture("aws:ec2/vpc:Vpc", "net", { mainRouteTableId: "rtb-main" }), {});
  const openRoute = among(
    fixture("aws:ec2/route:Route", "main", { routeTableId: "rtb-main", gatewayId: "igw-1" }),
    { routeTableId: [vpc] },
  );
  itRefusesStack(rule, "a route on the VPC's main table", [...inBare, vpc, openRoute], reached("bare"));
  const publicTable = among(
    fixture("aws:ec2/routeTable:RouteTable", "open", { routes: [{ gatewayId: "igw-1" }] }),
    {},
  );
  const chosen = among(
    fixture("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", { routeTableId: unknown }),
    { vpcId: [vpc], routeTableId: [publicTable] },
  );
  itRefusesStack(
    rule,
    "a main table that the stack sets",
    [...inBare, vpc, publicTable, chosen],
    reached("bare"),
  );
  const otherVpc = among(fixture("aws:ec2/vpc:Vpc", "other"), {});
  const elsewhere = among(bare, { vpcId: [otherVpc] });
  itPassesStack(rule, "another VPC's main table with a route", [
    ...replacing(among(subnetGroup, { subnetIds: [elsewhere] })),
    ...[elsewhere, otherVpc, vpc, publicTable, chosen],
  ]);
  const replica = among(fixture("aws:rds/instance:Instance", "replica", { replicateSourceDb: "x" }), {});
  itPassesStack(rule, "a replica, which is in its source's subnets", [...site, replica]);
});
