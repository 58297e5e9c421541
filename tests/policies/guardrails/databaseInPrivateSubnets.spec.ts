import { databaseInPrivateSubnets } from "../../../policies/guardrails/rules/databaseInPrivateSubnets";
import type { StackResource } from "../../../policies/support/stack";
import { itPassesStack, itRefusesStack } from "../support/expectations";
import { among, fixture, spoil } from "../support/fixture";
import {
  database,
  gateway,
  privateSubnets,
  publicSubnets,
  replacing,
  routeOf,
  site,
  subnetGroup,
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
      "a private subnet that got a route to the internet",
      [...site, { ...routeOf(table, "gatewayId", gateway), urn: "another" }],
      reached("private-1"),
    );
    itRefusesStack(
      rule,
      "the same, to a gateway of elsewhere",
      [
        ...site,
        among(fixture("aws:ec2/route:Route", "elsewhere", { gatewayId: "igw-1" }), { routeTableId: [table] }),
      ],
      reached("private-1"),
    );
    const inline = { ...table, props: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] } };
    itRefusesStack(rule, "a route in the table itself", replacing(inline), reached("private-1"));
    const linked = among(table, { routes: [gateway] });
    itRefusesStack(rule, "the same, to the stack's gateway", replacing(linked), reached("private-1"));
  }

  const bare = among(fixture("aws:ec2/subnet:Subnet", "bare"), {});
  const inBare = [...replacing(among(subnetGroup, { subnetIds: [bare] })), bare];
  const main = fixture("aws:ec2/defaultRouteTable:DefaultRouteTable", "main", {
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
  });
  itPassesStack(rule, "a subnet that goes by AWS's own main table", inBare);
  itPassesStack(rule, "a subnet with a table of its own, whatever the main one is", [
    ...site,
    among(main, {}),
  ]);
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
  // As the provider hands out what is not set.
  const empty = among(spoil(database, { dbSubnetGroupName: "", replicateSourceDb: "" }), {});
  itRefusesStack(rule, "an empty subnet group", replacing(empty), { ...unseen, value: undefined });
  itRefusesStack(
    rule,
    "a subnet group of elsewhere",
    replacing(among(spoil(database, { dbSubnetGroupName: "theirs" }), {})),
    { ...unseen, value: "subnets of another stack" },
  );
  const cluster = among(fixture("aws:rds/cluster:Cluster", "aurora"), {});
  itRefusesStack(rule, "a cluster without one", [...site, cluster], {
    ...unseen,
    of: cluster,
    value: undefined,
  });
  const replica = among(fixture("aws:rds/instance:Instance", "replica", { replicateSourceDb: "x" }), {});
  itPassesStack(rule, "a replica, which stands where its source does", [...site, replica]);
});
