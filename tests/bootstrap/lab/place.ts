import { healthCheck } from "../../../components/wordpressFleet/healthCheck";
import type { Instance, Interface, LoadBalancer, Place, TargetGroup } from "../../../localAws/live/world";
import {
  everyEgress,
  groupRule,
  networkInterface,
  subnet,
  vpc,
  world,
} from "../../localAws/live/network/support/worlds";
import {
  accountId,
  addresses,
  databaseHost,
  fileSystemHost,
  fileSystemId,
  publicAddress,
  region,
  serverAddress,
  type Side,
  site,
  vpcId,
} from "./addresses";

const zone = `${region}a`;
/** Security groups have their own tests: here, all traffic is allowed. */
const group = "sg-lab";
const arnOf = (rest: string): string => `arn:aws:elasticloadbalancing:${region}:${accountId}:${rest}`;
const certificateArn = `arn:aws:acm:${region}:${accountId}:certificate/lab`;

/** The factor by which the quick frontend's health checks are more frequent than the target group's. */
export const quickness = 5;

/**
 * The same servers behind two listeners. Both target groups have the program's thresholds and timeout. `real` checks
 * health at the program's interval, `quick` at a fifth of it, so that checks of other behaviour wait less.
 */
export const frontends = { quick: 443, real: 8443 } as const;
export type Frontend = keyof typeof frontends;

export function targetGroupArn(frontend: Frontend): string {
  return arnOf(`targetgroup/${frontend}/lab`);
}

export function interfaceAt(privateIp: string, publicIp: string | null = null): Interface {
  const side = privateIp.startsWith("10.77.0.") ? "closed" : "public";
  return networkInterface(`subnet-${side}`, privateIp, [group], publicIp);
}

export const databaseInterface = interfaceAt(addresses.database);

/** The instance of a server, as EC2 has it while it is on. */
export function instanceOf(name: string, index: number, side: Side, userData: Buffer): Instance {
  const address = serverAddress(index, side);
  return {
    id: `i-${name}`,
    state: "running",
    imageId: "ami-lab",
    // Its memory also has what it writes to its disk, which is in memory here.
    type: "t3.medium",
    vpcId,
    zone,
    interfaces: [interfaceAt(address, side === "public" ? publicAddress(index) : null)],
    userData: userData.toString("base64"),
    role: {
      name: "wordpress-servers",
      arn: `arn:aws:iam::${accountId}:role/wordpress-servers`,
      profileArn: `arn:aws:iam::${accountId}:instance-profile/wordpress-servers`,
    },
    tags: {},
    metadata: { enabled: true, tokensRequired: true, hopLimit: 1, tags: false },
    monitoring: true,
    keyName: null,
    publicKey: null,
    rootVolumeGiB: 8,
    shutdownBehavior: "stop",
    launchedAt: Date.now(),
    reboots: 0,
    groupName: null,
  };
}

function targetGroup(frontend: Frontend, targets: readonly string[]): TargetGroup {
  const { interval, timeout, ...check } = healthCheck;
  return {
    arn: targetGroupArn(frontend),
    name: frontend,
    vpcId,
    protocol: "HTTP",
    port: 80,
    loadBalancerArns: [loadBalancer.arn],
    healthCheck: {
      ...check,
      intervalSeconds: interval / (frontend === "quick" ? quickness : 1),
      timeoutSeconds: timeout,
    },
    attributes: {},
    targets: targets.map((name) => ({ id: `i-${name}`, port: 80, draining: false, since: 0 })),
  };
}

const noRedirect = { targetGroupArns: [], redirect: null, fixedResponse: null };
const listeners: LoadBalancer["listeners"] = [
  {
    arn: arnOf("listener/80"),
    port: 80,
    protocol: "HTTP",
    certificateArns: [],
    sslPolicy: null,
    rules: [
      {
        priority: "default",
        conditions: [],
        actions: [
          {
            ...noRedirect,
            type: "redirect",
            redirect: {
              protocol: "HTTPS",
              host: "#{host}",
              port: "443",
              path: "/#{path}",
              query: "#{query}",
              statusCode: "HTTP_301",
            },
          },
        ],
      },
    ],
  },
  ...(["quick", "real"] as const).map((frontend) => ({
    arn: arnOf(`listener/${frontends[frontend]}`),
    port: frontends[frontend],
    protocol: "HTTPS",
    certificateArns: [certificateArn],
    sslPolicy: null,
    rules: [
      {
        priority: "default",
        conditions: [],
        actions: [{ ...noRedirect, type: "forward", targetGroupArns: [targetGroupArn(frontend)] }],
      },
    ],
  })),
];

const loadBalancer: LoadBalancer = {
  arn: arnOf("loadbalancer/app/lab/lab"),
  name: "lab",
  dnsName: `lab.${region}.elb.amazonaws.com`,
  scheme: "internet-facing",
  vpcId,
  state: "active",
  interfaces: [interfaceAt(addresses.loadBalancer, addresses.publicLoadBalancer)],
  attributes: {},
  listeners,
};

const endpoint = (service: string, address: string) => ({
  id: `vpce-${service}`,
  service: `com.amazonaws.${region}.${service}`,
  type: "Interface" as const,
  state: "available",
  privateDns: true,
  interfaces: [interfaceAt(address)],
});

/**
 * What AWS has in the lab: a VPC with a subnet without a route to the internet and one with a route, a load balancer,
 * a database, a file system, and endpoints of Secrets Manager and SES.
 *
 * @param targets the names of the load balancer's servers
 */
export function labPlace(targets: readonly string[]): Place {
  const local = { destination: "10.77.0.0/16", target: "local" };
  const gateway = "igw-lab";
  const network = vpc({
    id: vpcId,
    cidrs: ["10.77.0.0/16"],
    internetGatewayId: gateway,
    subnets: [
      subnet("subnet-closed", "10.77.0.0/24", { zone, routes: [local] }),
      subnet("subnet-public", "10.77.1.0/24", {
        zone,
        routes: [local, { destination: "0.0.0.0/0", target: gateway }],
      }),
    ],
    securityGroups: [{ id: group, name: "lab", rules: [everyEgress, groupRule()] }],
    endpoints: [endpoint("secretsmanager", addresses.secretsManager), endpoint("email", addresses.ses)],
  });
  const [place] = world([network], {
    accountId,
    region,
    loadBalancers: [loadBalancer],
    targetGroups: [targetGroup("quick", targets), targetGroup("real", targets)],
    databases: [database],
    fileSystems: [
      {
        id: fileSystemId,
        host: fileSystemHost,
        accessPoints: [],
        mountTargets: [
          { id: "fsmt-lab", vpcId, state: "available", interface: interfaceAt(addresses.fileSystem) },
        ],
      },
    ],
    certificates: [{ arn: certificateArn, names: [site] }],
  }).places;
  if (place === undefined) throw new Error("A world has a place.");
  return place;
}

/** For its name: `database.ts` runs it. */
const database: Place["databases"][number] = {
  id: "wordpress",
  resourceId: "db-LAB",
  state: "available",
  engine: "mariadb",
  engineVersion: "11.8.3",
  instanceClass: "db.t4g.medium",
  multiAz: false,
  zone,
  secondaryZone: null,
  vpcId,
  host: databaseHost,
  port: 3306,
  interface: databaseInterface,
  databaseName: "wordpress",
  masterUsername: "wpadmin",
  masterPassword: "",
  secretArn: null,
  parameters: {},
  allocatedStorageGiB: 20,
  reboots: 0,
  failovers: 0,
  fromSnapshotId: null,
};
export const labDatabase: Readonly<typeof database> = database;
