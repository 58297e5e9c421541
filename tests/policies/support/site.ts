import type { StackResource } from "../../../policies/support/stack";
import { among, fixture, unknown } from "./fixture";

/**
 * A site of plain resources as a preview shows it: references are known, ids are not. Every rule about the whole stack
 * passes it; a test changes one resource. ./awsx.ts shows it with a VPC of awsx.
 */
const zones = ["us-east-1a", "us-east-1b"] as const;

export const gateway = among(fixture("aws:ec2/internetGateway:InternetGateway", "internet"), {});

const publicPart = zones.map((availabilityZone, index) =>
  subnetWithTable(`public-${String(index + 1)}`, availabilityZone),
);
const privatePart = zones.map((availabilityZone, index) =>
  subnetWithTable(`private-${String(index + 1)}`, availabilityZone),
);

export const publicSubnets = publicPart.map(({ subnet }) => subnet);
export const privateSubnets = privatePart.map(({ subnet }) => subnet);

export const natGateways = publicSubnets.map((subnet) =>
  among(fixture("aws:ec2/natGateway:NatGateway", `nat-${subnet.name}`, { subnetId: unknown }), {
    subnetId: [subnet],
  }),
);

const routes = [
  ...publicPart.map(({ table }) => routeOf(table, "gatewayId", gateway)),
  ...privatePart.flatMap(({ table }, index) =>
    natGateways.slice(index, index + 1).map((nat) => routeOf(table, "natGatewayId", nat)),
  ),
];

export const endpoint = among(
  fixture("aws:ec2/vpcEndpoint:VpcEndpoint", "secrets", {
    vpcEndpointType: "Interface",
    subnetIds: [unknown, unknown],
  }),
  { subnetIds: privateSubnets },
);

export const loadBalancerGroup = among(fixture("aws:ec2/securityGroup:SecurityGroup", "load-balancer"), {});
export const serverGroup = among(fixture("aws:ec2/securityGroup:SecurityGroup", "servers"), {});
export const otherGroup = among(fixture("aws:ec2/securityGroup:SecurityGroup", "other"), {});

export const httpRule = among(
  fixture("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "http", {
    securityGroupId: unknown,
    referencedSecurityGroupId: unknown,
    ipProtocol: "tcp",
    fromPort: 80,
    toPort: 80,
  }),
  { securityGroupId: [serverGroup], referencedSecurityGroupId: [loadBalancerGroup] },
);

export const loadBalancer = among(
  fixture("aws:lb/loadBalancer:LoadBalancer", "alb", {
    subnets: [unknown, unknown],
    securityGroups: [unknown],
  }),
  // The rule is a dependency because the group's id waits for it.
  { subnets: publicSubnets, securityGroups: [loadBalancerGroup, httpRule] },
);

export const httpsListener = among(
  fixture("aws:lb/listener:Listener", "https", { loadBalancerArn: unknown, protocol: "HTTPS", port: 443 }),
  { loadBalancerArn: [loadBalancer] },
);

export const template = among(
  fixture("aws:ec2/launchTemplate:LaunchTemplate", "server", {
    networkInterfaces: [{ securityGroups: [unknown] }],
  }),
  { networkInterfaces: [serverGroup, httpRule] },
);

export const group = among(
  fixture("aws:autoscaling/group:Group", "fleet", {
    minSize: 2,
    maxSize: 4,
    vpcZoneIdentifiers: [unknown, unknown],
  }),
  { vpcZoneIdentifiers: privateSubnets, launchTemplate: [template] },
);

export const subnetGroup = among(
  fixture("aws:rds/subnetGroup:SubnetGroup", "database", { subnetIds: [unknown, unknown] }),
  { subnetIds: privateSubnets },
);

export const database = among(
  fixture("aws:rds/instance:Instance", "database", { dbSubnetGroupName: unknown }),
  { dbSubnetGroupName: [subnetGroup] },
);

export const logGroup = among(
  fixture("aws:cloudwatch/logGroup:LogGroup", "launcher", { retentionInDays: 14 }),
  {},
);

export const launcher = among(
  fixture("aws:lambda/function:Function", "launcher", {
    loggingConfig: { logFormat: "Text", logGroup: unknown },
    environment: { variables: { SERVER_COUNT: "1", MAX_RUNNING_SERVERS: "3", IMAGE_ID: unknown } },
  }),
  { loggingConfig: [logGroup] },
);

export const topic = among(fixture("aws:sns/topic:Topic", "alarms"), {});

export const subscription = among(
  fixture("aws:sns/topicSubscription:TopicSubscription", "alarms", { topic: unknown, protocol: "email" }),
  { topic: [topic] },
);

export const alarm = among(
  fixture("aws:cloudwatch/metricAlarm:MetricAlarm", "down", {
    namespace: "AWS/ApplicationELB",
    alarmActions: unknownList(),
  }),
  { alarmActions: [topic] },
);

export const site: readonly StackResource[] = [
  gateway,
  ...[...publicPart, ...privatePart].flatMap(({ subnet, table, association }) => [
    subnet,
    table,
    association,
  ]),
  ...natGateways,
  ...routes,
  endpoint,
  loadBalancerGroup,
  serverGroup,
  otherGroup,
  httpRule,
  loadBalancer,
  httpsListener,
  template,
  group,
  subnetGroup,
  database,
  logGroup,
  launcher,
  topic,
  subscription,
  alarm,
];

/** The stack with one changed resource of the same name. */
export function replacing(resource: StackResource): readonly StackResource[] {
  return site.map((each) => (each.urn === resource.urn ? resource : each));
}

/** The stack without some resources and without the references to them. */
export function without(...gone: readonly StackResource[]): readonly StackResource[] {
  const isThere = ({ urn }: StackResource) => !gone.some((each) => each.urn === urn);
  return site.filter(isThere).map((resource) => ({
    ...resource,
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, all]) => [property, all.filter(isThere)]),
    ),
  }));
}

function subnetWithTable(name: string, availabilityZone: string) {
  const subnet = among(fixture("aws:ec2/subnet:Subnet", name, { availabilityZone }), {});
  const table = among(fixture("aws:ec2/routeTable:RouteTable", name), {});
  const association = among(
    fixture("aws:ec2/routeTableAssociation:RouteTableAssociation", name, {
      subnetId: unknown,
      routeTableId: unknown,
    }),
    { subnetId: [subnet], routeTableId: [table] },
  );
  return { subnet, table, association };
}

export function routeOf(table: StackResource, property: "gatewayId" | "natGatewayId", target: StackResource) {
  return among(
    fixture("aws:ec2/route:Route", table.name, {
      routeTableId: unknown,
      destinationCidrBlock: "0.0.0.0/0",
      [property]: unknown,
    }),
    { routeTableId: [table], [property]: [target] },
  );
}

/** A list of unknown length. */
function unknownList(): string[];
function unknownList(): unknown {
  return unknown;
}
