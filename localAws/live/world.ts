/**
 * The emulator's state as the live region sees it: `GET /_local/world`. `emulator/overlay/world.py` writes it.
 * Names and values are AWS's own; times are milliseconds since 1970.
 */
import { z } from "../../cli/json";

const tagsSchema = z.record(z.string(), z.string());

/** A rule of a security group. `-1` is every protocol; ports are null for every port, or hold ICMP's type and code. */
const groupRuleSchema = z.object({
  egress: z.boolean(),
  /** `tcp`, `udp`, `icmp`, `-1`, or a protocol number. */
  protocol: z.string(),
  fromPort: z.int().nullable(),
  toPort: z.int().nullable(),
  /** IPv4 ranges. */
  cidrs: z.array(z.string()),
  /** Ids of security groups of the same VPC. */
  groups: z.array(z.string()),
  /** The IPv4 ranges of managed prefix lists, resolved. */
  prefixListCidrs: z.array(z.string()),
});

const aclEntrySchema = z.object({
  ruleNumber: z.int(),
  egress: z.boolean(),
  /** A protocol number as text; `-1` is every protocol. */
  protocol: z.string(),
  action: z.enum(["allow", "deny"]),
  cidr: z.string(),
  fromPort: z.int().nullable(),
  toPort: z.int().nullable(),
  icmpType: z.int().nullable(),
  icmpCode: z.int().nullable(),
});

const routeSchema = z.object({
  destination: z.string(),
  /** `local`, or the id of an internet gateway, NAT gateway, gateway endpoint, interface; null for a blackhole. */
  target: z.string().nullable(),
});

const subnetSchema = z.object({
  id: z.string(),
  cidr: z.string(),
  zone: z.string(),
  routes: z.array(routeSchema),
  aclId: z.string(),
});

/** An elastic network interface of an instance, load balancer, database, mount target or endpoint. */
export const interfaceSchema = z.object({
  id: z.string(),
  subnetId: z.string(),
  privateIp: z.string(),
  publicIp: z.string().nullable(),
  groups: z.array(z.string()),
});

const natGatewaySchema = z.object({
  id: z.string(),
  subnetId: z.string(),
  state: z.string(),
  privateIp: z.string(),
  publicIp: z.string().nullable(),
});

const endpointSchema = z.object({
  id: z.string(),
  /** E.g. `com.amazonaws.us-east-1.secretsmanager`. */
  service: z.string(),
  type: z.enum(["Interface", "Gateway"]),
  state: z.string(),
  privateDns: z.boolean(),
  /** Of interface endpoints. */
  interfaces: z.array(interfaceSchema),
});

export const vpcSchema = z.object({
  id: z.string(),
  cidrs: z.array(z.string()),
  isDefault: z.boolean(),
  dnsSupport: z.boolean(),
  dnsHostnames: z.boolean(),
  internetGatewayId: z.string().nullable(),
  subnets: z.array(subnetSchema),
  acls: z.array(z.object({ id: z.string(), entries: z.array(aclEntrySchema) })),
  securityGroups: z.array(z.object({ id: z.string(), name: z.string(), rules: z.array(groupRuleSchema) })),
  natGateways: z.array(natGatewaySchema),
  endpoints: z.array(endpointSchema),
});

export const instanceSchema = z.object({
  id: z.string(),
  /** AWS's instance state: `pending`, `running`, `stopping`, `stopped`, `shutting-down`, `terminated`. */
  state: z.string(),
  imageId: z.string(),
  type: z.string(),
  vpcId: z.string(),
  zone: z.string(),
  interfaces: z.array(interfaceSchema),
  /** The user data that EC2 serves: base64. */
  userData: z.string(),
  /** The role of its instance profile. */
  role: z.object({ name: z.string(), arn: z.string(), profileArn: z.string() }).nullable(),
  tags: tagsSchema,
  /** Whether `metadata_options.http_tokens` is `required`, the number of hops, and whether IMDS serves tags. */
  metadata: z.object({
    enabled: z.boolean(),
    tokensRequired: z.boolean(),
    hopLimit: z.int(),
    tags: z.boolean(),
  }),
  /** Detailed monitoring: metrics each minute instead of each five. */
  monitoring: z.boolean(),
  keyName: z.string().nullable(),
  publicKey: z.string().nullable(),
  rootVolumeGiB: z.int(),
  /** `stop` or `terminate`. */
  shutdownBehavior: z.string(),
  launchedAt: z.number(),
  /** Number of RebootInstances calls. */
  reboots: z.int(),
  groupName: z.string().nullable(),
  ipv6: z.null().optional(),
});

export const imageSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  architecture: z.string(),
  /** The instance that CreateImage copied; null for a public image. */
  sourceInstanceId: z.string().nullable(),
});

const actionSchema = z.object({
  type: z.string(),
  targetGroupArns: z.array(z.string()),
  /** By the target group's ARN; 1 each when left out. */
  weights: z.record(z.string(), z.int()).optional(),
  redirect: z
    .object({
      protocol: z.string(),
      host: z.string(),
      port: z.string(),
      path: z.string(),
      query: z.string(),
      statusCode: z.string(),
    })
    .nullable(),
  fixedResponse: z.object({ statusCode: z.string(), contentType: z.string(), body: z.string() }).nullable(),
});

const conditionSchema = z.object({
  /** `path-pattern`, `host-header`, `http-header`, `http-request-method`, `query-string`, `source-ip`. */
  field: z.string(),
  values: z.array(z.string()),
  headerName: z.string().nullable(),
});

const listenerSchema = z.object({
  arn: z.string(),
  port: z.int(),
  protocol: z.string(),
  certificateArns: z.array(z.string()),
  sslPolicy: z.string().nullable(),
  /** In the order of their priority; the default rule is the last one and has no condition. */
  rules: z.array(
    z.object({
      priority: z.string(),
      conditions: z.array(conditionSchema),
      actions: z.array(actionSchema),
    }),
  ),
});

export const loadBalancerSchema = z.object({
  arn: z.string(),
  name: z.string(),
  dnsName: z.string(),
  /** `internet-facing` or `internal`. */
  scheme: z.string(),
  vpcId: z.string(),
  state: z.string(),
  /** One for each Availability Zone, with a public address when it faces the internet. */
  interfaces: z.array(interfaceSchema),
  attributes: z.record(z.string(), z.string()),
  listeners: z.array(listenerSchema),
});

export const targetGroupSchema = z.object({
  arn: z.string(),
  name: z.string(),
  vpcId: z.string().nullable(),
  protocol: z.string(),
  port: z.int(),
  loadBalancerArns: z.array(z.string()),
  healthCheck: z.object({
    protocol: z.string(),
    /** A number, or `traffic-port`. */
    port: z.string(),
    path: z.string(),
    matcher: z.string(),
    intervalSeconds: z.int(),
    timeoutSeconds: z.int(),
    healthyThreshold: z.int(),
    unhealthyThreshold: z.int(),
  }),
  attributes: z.record(z.string(), z.string()),
  targets: z.array(
    z.object({
      id: z.string(),
      port: z.int(),
      /** Deregistered targets are draining for the deregistration delay. */
      draining: z.boolean(),
      since: z.number(),
    }),
  ),
});

export const databaseSchema = z.object({
  id: z.string(),
  resourceId: z.string(),
  state: z.string(),
  engine: z.string(),
  engineVersion: z.string(),
  instanceClass: z.string(),
  multiAz: z.boolean(),
  zone: z.string(),
  secondaryZone: z.string().nullable(),
  vpcId: z.string(),
  host: z.string(),
  port: z.int(),
  /** The interface of the primary; the address stays in a failover here. */
  interface: interfaceSchema,
  databaseName: z.string().nullable(),
  masterUsername: z.string(),
  /** The current master password: from the managed secret, or as given. */
  masterPassword: z.string(),
  secretArn: z.string().nullable(),
  /** The parameters of its parameter group that differ from the defaults. Static ones apply at the next reboot. */
  parameters: z.record(z.string(), z.string()),
  allocatedStorageGiB: z.int(),
  /** Number of RebootDBInstance calls, and how many of them with a failover. */
  reboots: z.int(),
  failovers: z.int(),
  /** The snapshot that it was restored from. */
  fromSnapshotId: z.string().nullable(),
});

export const databaseSnapshotSchema = z.object({
  id: z.string(),
  databaseResourceId: z.string(),
  state: z.string(),
});

export const fileSystemSchema = z.object({
  id: z.string(),
  host: z.string(),
  mountTargets: z.array(
    z.object({ id: z.string(), vpcId: z.string(), state: z.string(), interface: interfaceSchema }),
  ),
  accessPoints: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      uid: z.int().nullable(),
      gid: z.int().nullable(),
      permissions: z.string().nullable(),
    }),
  ),
});

/** One account in one region. */
export const placeSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  vpcs: z.array(vpcSchema),
  instances: z.array(instanceSchema),
  images: z.array(imageSchema),
  loadBalancers: z.array(loadBalancerSchema),
  targetGroups: z.array(targetGroupSchema),
  databases: z.array(databaseSchema),
  databaseSnapshots: z.array(databaseSnapshotSchema),
  fileSystems: z.array(fileSystemSchema),
  /** Records of public hosted zones: type A, AAAA, CNAME and aliases, resolved names in lower case. */
  records: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      values: z.array(z.string()),
      alias: z.string().nullable(),
    }),
  ),
  certificates: z.array(z.object({ arn: z.string(), names: z.array(z.string()) })),
});

export const worldSchema = z.object({
  /** A new one at each start of the emulator. */
  bootId: z.string(),
  /** The number of the latest change: pass it as `after` to wait for the next one. */
  number: z.int(),
  places: z.array(placeSchema),
});

export type GroupRule = z.output<typeof groupRuleSchema>;
export type AclEntry = z.output<typeof aclEntrySchema>;
export type Interface = z.output<typeof interfaceSchema>;
export type Vpc = z.output<typeof vpcSchema>;
export type Instance = z.output<typeof instanceSchema>;
export type Image = z.output<typeof imageSchema>;
export type LoadBalancer = z.output<typeof loadBalancerSchema>;
export type Listener = z.output<typeof listenerSchema>;
export type TargetGroup = z.output<typeof targetGroupSchema>;
export type Database = z.output<typeof databaseSchema>;
export type DatabaseSnapshot = z.output<typeof databaseSnapshotSchema>;
export type FileSystem = z.output<typeof fileSystemSchema>;
export type Place = z.output<typeof placeSchema>;
export type World = z.output<typeof worldSchema>;
