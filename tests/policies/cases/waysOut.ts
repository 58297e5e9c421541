import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCases } from "./case";
import { makeFleet, makeNetwork, makeSite, world, type Network } from "./parts";

/** A private subnet's own route table with a route to the internet. */
function routeFrom(
  name: string,
  network: Network,
  subnet: aws.ec2.Subnet,
  route: Partial<aws.ec2.RouteArgs>,
) {
  const table = new aws.ec2.RouteTable(name, { vpcId: network.vpc.id });
  new aws.ec2.Route(name, { routeTableId: table.id, destinationCidrBlock: world, ...route });
  new aws.ec2.RouteTableAssociation(name, { routeTableId: table.id, subnetId: subnet.id });
}

function makeNat(name: string, subnet: aws.ec2.Subnet) {
  return new aws.ec2.NatGateway(name, { subnetId: subnet.id, allocationId: "eipalloc-1" });
}

/** Private subnets with tables of their own, in zones a and b, with a site's fleet in them. */
function makeSiteWithRoutes(
  name: string,
  routes: (network: Network) => readonly Partial<aws.ec2.RouteArgs>[],
): Network {
  const site = makeSite(name, {
    group: ({ network: net }) => {
      const subnets = ["us-east-1a", "us-east-1b"].map((zone) => net.makeSubnet(`own-${zone}`, zone));
      routes(net).forEach((route, index) => {
        const subnet = subnets[index];
        if (subnet !== undefined) routeFrom(`${name}-own-${String(index)}`, net, subnet, route);
      });
      return { vpcZoneIdentifiers: subnets.map(({ id }) => id) };
    },
  });
  return site.network;
}

const interfaceEndpoint = (name: string, { vpc }: Network, subnetIds: pulumi.Input<pulumi.Input<string>[]>) =>
  new aws.ec2.VpcEndpoint(name, {
    ...{ vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.secretsmanager" },
    ...{ vpcEndpointType: "Interface", subnetIds },
  });

export const waysOut: PolicyCases = {
  "nat-all-through-one": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    const nat = makeNat(`${n}-a`, net.a);
    makeNat(`${n}-b`, net.b);
    new aws.ec2.Route(n, {
      ...{ routeTableId: net.privateTable.id, destinationCidrBlock: world, natGatewayId: nat.id },
    });
  }),
  "nat-inline-through-one": bad("way-out-in-each-zone", (n) => {
    const net = makeNetwork(n);
    const nat = makeNat(`${n}-a`, net.a);
    makeNat(`${n}-b`, net.b);
    const table = new aws.ec2.RouteTable(`${n}-inline`, {
      vpcId: net.vpc.id,
      routes: [{ cidrBlock: world, natGatewayId: nat.id }],
    });
    const subnets = ["us-east-1a", "us-east-1b"].map((zone) => net.makeSubnet(zone, zone, table));
    makeFleet(n, net, { vpcZoneIdentifiers: subnets.map(({ id }) => id) });
  }),
  "nat-main-table-through-one": bad("way-out-in-each-zone", (n) => {
    const net = makeNetwork(n);
    const nat = makeNat(`${n}-a`, net.a);
    makeNat(`${n}-b`, net.b);
    new aws.ec2.Route(n, {
      ...{ routeTableId: net.vpc.mainRouteTableId, destinationCidrBlock: world, natGatewayId: nat.id },
    });
    const subnets = ["us-east-1a", "us-east-1b"].map((zone) => net.makeSubnet(zone, zone));
    makeFleet(n, net, { vpcZoneIdentifiers: subnets.map(({ id }) => id) });
  }),
  "nat-crossed": bad("way-out-in-each-zone", (n) => {
    makeSiteWithRoutes(n, (net) => [
      { natGatewayId: makeNat(`${n}-b`, net.b).id },
      { natGatewayId: makeNat(`${n}-a`, net.a).id },
    ]);
  }),
  "nat-one-of-two": bad("way-out-in-each-zone", (n) => {
    makeSiteWithRoutes(n, (net) => [{ natGatewayId: makeNat(`${n}-a`, net.a).id }]);
  }),
  "nat-one-for-both-tables": bad("way-out-in-each-zone", (n) => {
    makeSiteWithRoutes(n, (net) => {
      const nat = makeNat(`${n}-a`, net.a);
      return [{ natGatewayId: nat.id }, { natGatewayId: nat.id }];
    });
  }),
  "nat-apply-first": bad("way-out-in-each-zone", (n) => {
    makeSiteWithRoutes(n, (net) => {
      const nats = pulumi.all([makeNat(`${n}-a`, net.a).id, makeNat(`${n}-b`, net.b).id]);
      const first = nats.apply(([id]) => id);
      return [{ natGatewayId: first }, { natGatewayId: first }];
    });
  }),
  "nat-zonal-mode": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    const nat = new aws.ec2.NatGateway(n, {
      ...{ availabilityMode: "zonal", subnetId: net.a.id, allocationId: "eipalloc-1" },
    });
    new aws.ec2.Route(n, {
      ...{ routeTableId: net.privateTable.id, destinationCidrBlock: world, natGatewayId: nat.id },
    });
  }),
  "nat-regional-one-zone": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    const nat = new aws.ec2.NatGateway(n, {
      ...{ availabilityMode: "regional", vpcId: net.vpc.id },
      availabilityZoneAddresses: [{ allocationIds: ["eipalloc-1"], availabilityZone: "us-east-1a" }],
    });
    new aws.ec2.Route(n, {
      ...{ routeTableId: net.privateTable.id, destinationCidrBlock: world, natGatewayId: nat.id },
    });
  }),
  "fp-nat-regional": good((n) => {
    const { network: net } = makeSite(n);
    const nat = new aws.ec2.NatGateway(n, { availabilityMode: "regional", vpcId: net.vpc.id });
    new aws.ec2.Route(n, {
      ...{ routeTableId: net.privateTable.id, destinationCidrBlock: world, natGatewayId: nat.id },
    });
  }, "way-out-in-each-zone"),
  "fp-nat-each": good((n) => {
    makeSiteWithRoutes(n, (net) => [
      { natGatewayId: makeNat(`${n}-a`, net.a).id },
      { natGatewayId: makeNat(`${n}-b`, net.b).id },
    ]);
  }, "way-out-in-each-zone"),
  "fp-nat-second-network": good((n) => {
    makeSiteWithRoutes(n, (net) => [
      { natGatewayId: makeNat(`${n}-a`, net.a).id },
      { natGatewayId: makeNat(`${n}-b`, net.b).id },
    ]);
    const other = makeNetwork(`${n}-other`);
    const subnets = ["us-east-1c", "us-east-1d"].map((zone) => other.makeSubnet(zone, zone));
    makeFleet(`${n}-other`, other, { vpcZoneIdentifiers: subnets.map(({ id }) => id) });
  }, "way-out-in-each-zone"),
  "fp-nat-second-fleet": good((n) => {
    const net = makeSiteWithRoutes(n, (own) => [
      { natGatewayId: makeNat(`${n}-a`, own.a).id },
      { natGatewayId: makeNat(`${n}-b`, own.b).id },
    ]);
    // Without a way to the internet.
    const subnets = ["us-east-1c", "us-east-1d"].map((zone) => net.makeSubnet(zone, zone, net.privateTable));
    makeFleet(n, net, { vpcZoneIdentifiers: subnets.map(({ id }) => id) });
  }, "way-out-in-each-zone"),
  "endpoint-one-zone": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    interfaceEndpoint(n, net, [net.c.id]);
  }),
  "endpoint-apply-first": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    interfaceEndpoint(
      n,
      net,
      pulumi.all([net.c.id, net.d.id]).apply(([first]) => [first]),
    );
  }),
  "endpoint-association-one": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    const { id } = interfaceEndpoint(n, net, []);
    new aws.ec2.VpcEndpointSubnetAssociation(n, { vpcEndpointId: id, subnetId: net.c.id });
  }),
  "endpoint-configuration-one": bad("way-out-in-each-zone", (n) => {
    const { network: net } = makeSite(n);
    new aws.ec2.VpcEndpoint(n, {
      ...{ vpcId: net.vpc.id, serviceName: "com.amazonaws.us-east-1.ssm", vpcEndpointType: "Interface" },
      subnetConfigurations: [{ subnetId: net.d.id, ipv4: "10.0.1.9" }],
    });
  }),
  "fp-endpoint-associations": good((n) => {
    const { network: net } = makeSite(n);
    const { id } = interfaceEndpoint(n, net, [net.c.id]);
    new aws.ec2.VpcEndpointSubnetAssociation(n, { vpcEndpointId: id, subnetId: net.d.id });
  }, "way-out-in-each-zone"),
  "fp-endpoint-other-network": good((n) => {
    makeSite(n);
    const other = makeNetwork(`${n}-other`);
    interfaceEndpoint(n, other, [other.c.id]);
  }, "way-out-in-each-zone"),
  "fp-endpoint-gateway": good((n) => {
    const { network: net } = makeSite(n);
    new aws.ec2.VpcEndpoint(n, {
      ...{ vpcId: net.vpc.id, serviceName: "com.amazonaws.us-east-1.s3" },
      routeTableIds: [net.privateTable.id],
    });
  }, "way-out-in-each-zone"),
};
