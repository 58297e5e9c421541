import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeFleet, makeGroup, makeNetwork, makeSite, makeTemplate, type Network } from "./parts";

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
