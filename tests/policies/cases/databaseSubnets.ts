import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import {
  bareSubnets,
  groupOf,
  kept,
  makeDatabaseIn,
  safeCluster,
  safeDatabase,
  safeReplica,
} from "./databaseParts";
import { makeNetwork, world, type Network } from "./parts";

const inPrivate = (program: (name: string, network: Network) => unknown): PolicyCase =>
  bad("database-in-private-subnets", (n) => program(n, makeNetwork(n)));

export const databaseSubnets: PolicyCases = {
  "ctl-good-db": good((n) => {
    const { c, d } = makeNetwork(n);
    makeDatabaseIn(n, c, d);
  }, "database-multi-az"),
  "db-public-subnets": inPrivate((n, { a, b }) => makeDatabaseIn(n, a, b)),
  "db-one-public-subnet": inPrivate((n, { a, d }) => makeDatabaseIn(n, a, d)),
  "db-apply-public": inPrivate((n, { a, b, c, d }) => {
    const subnetIds = pulumi.all([c.id, d.id, a.id, b.id]).apply((ids) => ids.slice(2));
    const group = new aws.rds.SubnetGroup(n, { subnetIds });
    new aws.rds.Instance(n, { ...safeDatabase, dbSubnetGroupName: group.name });
  }),
  "db-main-rt-assoc": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.MainRouteTableAssociation(n, {
      vpcId: network.vpc.id,
      routeTableId: network.publicTable.id,
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-route-on-main": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.Route(n, {
      ...{ routeTableId: network.vpc.mainRouteTableId, destinationCidrBlock: world },
      gatewayId: network.gateway.id,
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-route-on-default": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.Route(n, {
      ...{ routeTableId: network.vpc.defaultRouteTableId, destinationIpv6CidrBlock: "::/0" },
      gatewayId: network.gateway.id,
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-adopted-main": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    new aws.ec2.DefaultRouteTable(n, {
      defaultRouteTableId: network.vpc.defaultRouteTableId,
      routes: [{ cidrBlock: world, gatewayId: network.gateway.id }],
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-adopted-main-route": inPrivate((n, network) => {
    const subnets = bareSubnets(network);
    const main = new aws.ec2.DefaultRouteTable(n, { defaultRouteTableId: network.vpc.defaultRouteTableId });
    new aws.ec2.Route(n, {
      ...{ routeTableId: main.id, destinationCidrBlock: world, gatewayId: network.gateway.id },
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-associated-with-main": inPrivate((n, network) => {
    const { vpc, gateway, makeSubnet } = network;
    new aws.ec2.Route(n, {
      ...{ routeTableId: vpc.mainRouteTableId, destinationCidrBlock: world, gatewayId: gateway.id },
    });
    const subnets = ["us-east-1a", "us-east-1b"].map((zone) => {
      const subnet = makeSubnet(`main-${zone}`, zone);
      const args = { subnetId: subnet.id, routeTableId: vpc.mainRouteTableId };
      new aws.ec2.RouteTableAssociation(`${n}-${zone}`, args);
      return subnet;
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-associated-with-adopted": inPrivate((n, network) => {
    const { vpc, gateway, makeSubnet } = network;
    const main = new aws.ec2.DefaultRouteTable(n, {
      defaultRouteTableId: vpc.defaultRouteTableId,
      routes: [{ cidrBlock: world, gatewayId: gateway.id }],
    });
    makeDatabaseIn(
      n,
      makeSubnet("own-a", "us-east-1a", new aws.ec2.RouteTable(`${n}-own`, { vpcId: vpc.id })),
    );
    const open = makeSubnet("own-b", "us-east-1b");
    new aws.ec2.RouteTableAssociation(`${n}-open`, { subnetId: open.id, routeTableId: main.id });
    makeDatabaseIn(`${n}-2`, open);
  }),
  "db-default-subnets": bad("database-in-private-subnets", (n) => {
    const subnetIds = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.DefaultSubnet(`${n}-${availabilityZone}`, {
          availabilityZone,
          mapPublicIpOnLaunch: false,
        }).id,
    );
    const group = new aws.rds.SubnetGroup(n, { subnetIds });
    new aws.rds.Instance(n, { ...safeDatabase, dbSubnetGroupName: group.name });
  }),
  "db-default-vpc": bad("database-in-private-subnets", (n) => {
    const { id: vpcId } = new aws.ec2.DefaultVpc(n, {});
    const subnets = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.Subnet(`${n}-${availabilityZone}`, {
          ...{ vpcId, availabilityZone, cidrBlock: "172.31.128.0/24" },
        }),
    );
    makeDatabaseIn(n, ...subnets);
  }),
  "fp-db-default-vpc-private": good((n) => {
    const { id: vpcId } = new aws.ec2.DefaultVpc(n, {});
    const table = new aws.ec2.RouteTable(n, { vpcId });
    const subnets = ["us-east-1a", "us-east-1b"].map((availabilityZone) => {
      const subnet = new aws.ec2.Subnet(`${n}-${availabilityZone}`, {
        ...{ vpcId, availabilityZone, cidrBlock: "172.31.128.0/24" },
      });
      const args = { subnetId: subnet.id, routeTableId: table.id };
      new aws.ec2.RouteTableAssociation(`${n}-${availabilityZone}`, args);
      return subnet;
    });
    makeDatabaseIn(n, ...subnets);
  }),
  "db-replica-public-subnets": inPrivate((n, { a, b, c, d }) => {
    const { arn } = makeDatabaseIn(n, c, d);
    const dbSubnetGroupName = groupOf(`${n}-replica`, a, b).name;
    new aws.rds.Instance(`${n}-replica`, { ...safeReplica, replicateSourceDb: arn, dbSubnetGroupName });
  }),
  "fp-db-replica": good((n) => {
    const { c, d } = makeNetwork(n);
    const { arn } = makeDatabaseIn(n, c, d);
    new aws.rds.Instance(`${n}-replica`, { ...safeReplica, replicateSourceDb: arn });
  }, "database-multi-az"),
  "fp-db-replica-own-group": good((n) => {
    const { c, d } = makeNetwork(n);
    const { arn } = makeDatabaseIn(n, c, d);
    const dbSubnetGroupName = groupOf(`${n}-replica`, c, d).name;
    new aws.rds.Instance(`${n}-replica`, { ...safeReplica, replicateSourceDb: arn, dbSubnetGroupName });
  }, "database-multi-az"),
  "db-cluster-public-subnets": inPrivate((n, { a, b }) => {
    new aws.rds.Cluster(n, { ...safeCluster, dbSubnetGroupName: groupOf(n, a, b).name });
  }),
  "db-docdb-public-subnets": inPrivate((n, { a, b }) => {
    const { name } = new aws.docdb.SubnetGroup(n, { subnetIds: [a.id, b.id] });
    new aws.docdb.Cluster(n, {
      ...{ masterUsername: "admin", manageMasterUserPassword: true, storageEncrypted: true, ...kept },
      dbSubnetGroupName: name,
    });
  }),
  "db-neptune-public-subnets": inPrivate((n, { a, b }) => {
    const { name } = new aws.neptune.SubnetGroup(n, { subnetIds: [a.id, b.id] });
    new aws.neptune.Cluster(n, { storageEncrypted: true, ...kept, neptuneSubnetGroupName: name });
  }),
  "db-redshift-public-subnets": inPrivate((n, { a, b }) => {
    const { name } = new aws.redshift.SubnetGroup(n, { subnetIds: [a.id, b.id] });
    new aws.redshift.Cluster(n, {
      ...{ clusterIdentifier: "c", nodeType: "ra3.large", masterUsername: "admin" },
      ...{ manageMasterPassword: true, clusterSubnetGroupName: name },
    });
  }),
  "db-redshift-serverless-public-subnets": inPrivate((n, { a, b }) => {
    new aws.redshiftserverless.Workgroup(n, {
      ...{ namespaceName: "n", workgroupName: "w", subnetIds: [a.id, b.id] },
    });
  }),
  "fp-db-other-networks-table": good((n) => {
    const network = makeNetwork(n);
    const other = makeNetwork(`${n}-other`);
    new aws.ec2.MainRouteTableAssociation(n, { vpcId: other.vpc.id, routeTableId: other.publicTable.id });
    new aws.ec2.Route(`${n}-main`, {
      ...{ routeTableId: other.vpc.mainRouteTableId, destinationCidrBlock: world },
      gatewayId: other.gateway.id,
    });
    makeDatabaseIn(n, ...bareSubnets(network));
  }),
  "fp-db-other-vpcs-adopted-table": good((n) => {
    const network = makeNetwork(n);
    new aws.ec2.DefaultRouteTable(n, {
      defaultRouteTableId: "rtb-of-another-vpc",
      routes: [{ cidrBlock: world, gatewayId: "igw-1" }],
    });
    makeDatabaseIn(n, ...bareSubnets(network));
  }),
  "fp-db-literal-other-vpc": good((n) => {
    const subnets = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.Subnet(`${n}-${availabilityZone}`, {
          ...{ vpcId: "vpc-1", availabilityZone, cidrBlock: "10.0.0.0/24" },
        }),
    );
    const table = new aws.ec2.RouteTable(n, {
      vpcId: "vpc-2",
      routes: [{ cidrBlock: world, gatewayId: "igw-1" }],
    });
    new aws.ec2.MainRouteTableAssociation(n, { vpcId: "vpc-2", routeTableId: table.id });
    makeDatabaseIn(n, ...subnets);
  }),
  "fp-db-egress-only": good((n) => {
    const { vpc, makeSubnet } = makeNetwork(n);
    const table = new aws.ec2.RouteTable(`${n}-egress`, { vpcId: vpc.id });
    const { id } = new aws.ec2.EgressOnlyInternetGateway(n, { vpcId: vpc.id });
    new aws.ec2.Route(n, {
      ...{ routeTableId: table.id, destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: id },
    });
    makeDatabaseIn(n, makeSubnet("e", "us-east-1a", table), makeSubnet("f", "us-east-1b", table));
  }),
  "fp-db-apply-private": good((n) => {
    const { a, b, c, d } = makeNetwork(n);
    const subnetIds = pulumi.all([a.id, b.id, c.id, d.id]).apply((ids) => ids.slice(2));
    const group = new aws.rds.SubnetGroup(n, { subnetIds });
    new aws.rds.Instance(n, { ...safeDatabase, dbSubnetGroupName: group.name });
  }),
};
