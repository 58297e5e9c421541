import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeGroup, makeNetwork, makeSite, makeTemplate, world, type Network } from "./parts";

/** A fleet without a load balancer. */
function makeFleet(name: string, network: Network, changed: Partial<aws.autoscaling.GroupArgs> = {}) {
  const servers = new aws.ec2.SecurityGroup(`${name}-fleet`, { vpcId: network.vpc.id });
  const template = makeTemplate(`${name}-fleet`, servers.id);
  return makeGroup(`${name}-fleet`, template, [network.c.id, network.d.id], {
    ...{ healthCheckType: "EC2", ...changed },
  });
}

const inZones = (subnets: (network: Network) => aws.autoscaling.GroupArgs["vpcZoneIdentifiers"]) =>
  bad("several-zones", (n) => {
    const network = makeNetwork(n);
    makeFleet(n, network, { vpcZoneIdentifiers: subnets(network) ?? [] });
  });

const balancerIn = (
  make: (name: string, network: Network) => unknown,
  kind: PolicyCase["kind"] = "bad",
): PolicyCase => ({ kind, rule: "several-zones", program: (n) => make(n, makeNetwork(n)) });

/** A group with EC2's health checks that something outside of it attaches to a load balancer. */
const attached = (attach: (name: string, site: ReturnType<typeof makeSite>) => unknown) =>
  bad("load-balancer-health-checks", (n) => {
    const group = { healthCheckType: "EC2", targetGroupArns: [] };
    attach(n, makeSite(n, { group: () => group }));
  });

export const network: PolicyCases = {
  "zones-apply-first": inZones(({ c, d }) => pulumi.all([c.id, d.id]).apply(([first]) => [first])),
  "zones-apply-twice": inZones(({ c, d }) => {
    const first = pulumi.all([c.id, d.id]).apply(([id]) => id);
    return [first, first];
  }),
  "zones-apply-slice": inZones(({ a, c, d }) =>
    pulumi.all([a.id, c.id, d.id]).apply((ids) => ids.slice(0, 2)),
  ),
  "zones-name-one": bad("several-zones", (n) => {
    const template = makeTemplate(n, "sg-1");
    makeGroup(n, template, [], { availabilityZones: ["us-east-1a"], vpcZoneIdentifiers: [] });
  }),
  "zones-name-twice": bad("several-zones", (n) => {
    const template = makeTemplate(n, "sg-1");
    makeGroup(n, template, [], { availabilityZones: ["us-east-1a", "us-east-1a"], vpcZoneIdentifiers: [] });
  }),
  "zones-default-subnet": bad("several-zones", (n) => {
    const args = { availabilityZone: "us-east-1a", mapPublicIpOnLaunch: false };
    const subnet = new aws.ec2.DefaultSubnet(n, args);
    makeGroup(n, makeTemplate(n, "sg-1"), [subnet.id]);
  }),
  "fp-zones-default-subnets": good((n) => {
    const subnets = ["us-east-1a", "us-east-1b"].map(
      (availabilityZone) =>
        new aws.ec2.DefaultSubnet(`${n}-${availabilityZone}`, {
          availabilityZone,
          mapPublicIpOnLaunch: false,
        }),
    );
    const servers = new aws.ec2.SecurityGroup(n, { vpcId: "vpc-1" });
    makeGroup(
      n,
      makeTemplate(n, servers.id),
      subnets.map(({ id }) => id),
    );
  }),
  "fp-zones-by-id": good((n) => {
    const subnets = ["use1-az1", "use1-az2"].map(
      (availabilityZoneId, index) =>
        new aws.ec2.Subnet(`${n}-${availabilityZoneId}`, {
          ...{ vpcId: "vpc-1", cidrBlock: `10.0.${String(index)}.0/24`, availabilityZoneId },
        }),
    );
    const servers = new aws.ec2.SecurityGroup(n, { vpcId: "vpc-1" });
    makeGroup(
      n,
      makeTemplate(n, servers.id),
      subnets.map(({ id }) => id),
    );
  }),
  "fp-zones-apply-both": good((n) => {
    const net = makeNetwork(n);
    makeFleet(n, net, {
      vpcZoneIdentifiers: pulumi.all([net.a.id, net.c.id, net.d.id]).apply((ids) => ids.slice(1)),
    });
  }),
  "zones-alb-token": balancerIn(
    (n, { a }) => new aws.alb.LoadBalancer(n, { loadBalancerType: "application", subnets: [a.id] }),
  ),
  "zones-nlb-mapping": balancerIn(
    (n, { a }) =>
      new aws.lb.LoadBalancer(n, {
        loadBalancerType: "network",
        subnetMappings: [{ subnetId: a.id, allocationId: "eipalloc-1" }],
      }),
  ),
  "zones-gateway-balancer": balancerIn(
    (n, { c }) => new aws.lb.LoadBalancer(n, { loadBalancerType: "gateway", subnets: [c.id] }),
  ),
  "zones-classic-elb": balancerIn(
    (n, { a }) =>
      new aws.elb.LoadBalancer(n, {
        subnets: [a.id],
        listeners: [{ instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" }],
      }),
  ),
  "zones-classic-elb-named": balancerIn(
    (n) =>
      new aws.elb.LoadBalancer(n, {
        availabilityZones: ["us-east-1a"],
        listeners: [{ instancePort: 80, instanceProtocol: "http", lbPort: 443, lbProtocol: "https" }],
      }),
  ),
  "fp-zones-classic-elb": balancerIn(
    (n, { a, b }) =>
      new aws.elb.LoadBalancer(n, {
        subnets: [a.id, b.id],
        listeners: [{ instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" }],
      }),
    "good",
  ),
  "fp-zones-internal-nlb": balancerIn(
    (n, { c, d }) =>
      new aws.lb.LoadBalancer(n, {
        ...{ loadBalancerType: "network", internal: true },
        subnetMappings: [{ subnetId: c.id }, { subnetId: d.id }],
      }),
    "good",
  ),

  "health-attachment": attached(
    (n, { group, targetGroup }) =>
      new aws.autoscaling.Attachment(n, {
        autoscalingGroupName: group.name,
        lbTargetGroupArn: targetGroup.arn,
      }),
  ),
  "health-attachment-by-id": attached(
    (n, { group, targetGroup }) =>
      new aws.autoscaling.Attachment(n, {
        autoscalingGroupName: group.id,
        lbTargetGroupArn: targetGroup.arn,
      }),
  ),
  "health-attachment-classic": attached(
    (n, { group }) => new aws.autoscaling.Attachment(n, { autoscalingGroupName: group.name, elb: "classic" }),
  ),
  "health-traffic-source": attached(
    (n, { group, targetGroup }) =>
      new aws.autoscaling.TrafficSourceAttachment(n, {
        autoscalingGroupName: group.name,
        trafficSource: { identifier: targetGroup.arn, type: "elbv2" },
      }),
  ),
  "health-named-group": bad("load-balancer-health-checks", (n) => {
    makeFleet(n, makeNetwork(n), { name: `${n}-named`, healthCheckType: "EC2" });
    new aws.autoscaling.Attachment(n, { autoscalingGroupName: `${n}-named`, lbTargetGroupArn: "arn" });
  }),
  "health-unset": bad("load-balancer-health-checks", (n) => {
    const site = makeSite(n);
    const { targetGroup } = site;
    const template = makeTemplate(`${n}-2`, "sg-1");
    new aws.autoscaling.Group(`${n}-2`, {
      ...{ minSize: 2, maxSize: 2, launchTemplate: { id: template.id, version: "1" } },
      vpcZoneIdentifiers: [site.network.c.id, site.network.d.id],
      trafficSources: [{ identifier: targetGroup.arn, type: "elbv2" }],
    });
  }),
  "health-lattice": bad("load-balancer-health-checks", (n) =>
    makeFleet(n, makeNetwork(n), {
      trafficSources: [{ identifier: "arn:aws:vpc-lattice:::targetgroup/tg-1", type: "vpc-lattice" }],
    }),
  ),
  "fp-health-lattice": good((n) =>
    makeFleet(n, makeNetwork(n), {
      healthCheckType: "VPC_LATTICE",
      trafficSources: [{ identifier: "arn:aws:vpc-lattice:::targetgroup/tg-1", type: "vpc-lattice" }],
    }),
  ),
  "fp-health-list": good((n) => makeSite(n, { group: () => ({ healthCheckType: "EC2,EBS,ELB" }) })),
  "fp-health-other-group": good((n) => {
    const site = makeSite(n, { group: () => ({ targetGroupArns: [] }) });
    const args = { autoscalingGroupName: site.group.name, lbTargetGroupArn: site.targetGroup.arn };
    new aws.autoscaling.Attachment(n, args);
    makeFleet(n, site.network);
  }),
};

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
