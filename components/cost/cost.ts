import { serversUseNat } from "../network/flows";
import { zoneCount } from "../shared/zones";
import { webAclRuleCount } from "../wordpressFleet/webAclRules";
import type { CostBasis, CostPart } from "./basis";
import { hoursPerMonth, prices } from "./prices";
import { launchedServersPart, serverParts } from "./servers";

export type { CostBasis, CostPart } from "./basis";

export interface Cost {
  readonly parts: readonly CostPart[];
  /** US dollars an hour of all parts with a known price. */
  readonly dollarsPerHour: number;
  readonly dollarsPerMonth: number;
  /** With the minimum number of servers of the settings. */
  readonly leastDollarsPerMonth: number;
  /** With the maximum number of servers, those of the launcher included. */
  readonly mostDollarsPerMonth: number;
  /** Parts without a price in the table. The sums exclude them. */
  readonly unpriced: readonly string[];
  /** Date of the price table, `YYYY-MM-DD`. */
  readonly pricesAsOf: string;
}

/** The assumed size of a site's uploads. An empty file system costs nothing. */
const uploadsGiB = 5;

/** The size of a baked image and the previous one; AWS bills the written blocks. A bake itself costs a cent at most. */
const imagesGiB = 4;

/** The database's secret, which RDS creates, and the administrator's. */
const secretsCount = 2;

/** The launcher's metrics `Ended` and `Failed`, which each sweep reports. */
const launcherMetrics = 2;

/**
 * The cost of a stack at its desired size, by part, without traffic. Parts that are free are not listed: the VPC, an
 * Instance Connect Endpoint, the group's own metrics, backups of the database up to its size, the certificate.
 */
export function costOf(basis: CostBasis): Cost {
  const { network, database, fleet, monitoring, launcher } = basis;
  const servers = fleet.paused ? 0 : fleet.capacity.desired;
  const fixed = [
    ...databaseParts(database),
    {
      name: "load balancer",
      dollarsPerHour: prices.loadBalancerPerHour + zoneCount * prices.publicIpv4PerHour,
    },
    ...natParts(network),
    ...endpointParts(basis),
    monthly("secrets", secretsCount * prices.secretPerMonth),
    ...uploadsParts(fleet),
    ...imageParts(fleet),
    ...siteHealthCheckParts(fleet),
    ...wafParts(fleet),
    monthly("alarms", alarmsOf(fleet) * prices.alarmPerMonth),
    ...(monitoring?.dashboard === true ? [monthly("dashboard", prices.dashboardPerMonth)] : []),
    monthly("metrics of the launcher", launcherMetrics * prices.metricPerMonth),
  ];
  const parts = [...serverParts(fleet, servers), ...fixed];
  const perMonthWith = (others: readonly CostPart[]) => sumOf([...others, ...fixed]) * hoursPerMonth;
  const { fewest, most } = serverRange(fleet);
  return {
    parts,
    dollarsPerHour: sumOf(parts),
    dollarsPerMonth: sumOf(parts) * hoursPerMonth,
    leastDollarsPerMonth: perMonthWith(serverParts(fleet, fewest)),
    mostDollarsPerMonth: perMonthWith([...serverParts(fleet, most), launchedServersPart(launcher)]),
    unpriced: parts.filter((part) => part.dollarsPerHour === undefined).map(({ name }) => name),
    pricesAsOf: prices.asOf,
  };
}

/** The whole days that a budget lasts if the stack always runs. */
export function daysThatLast(budgetDollars: number, { dollarsPerHour }: Cost): number {
  return Math.floor(budgetDollars / dollarsPerHour / 24);
}

function sumOf(parts: readonly CostPart[]): number {
  return parts.reduce((sum, part) => sum + (part.dollarsPerHour ?? 0), 0);
}

function monthly(name: string, dollarsPerMonth: number): CostPart {
  return { name, dollarsPerHour: dollarsPerMonth / hoursPerMonth };
}

/** Scheduled actions change the group's minimum and maximum as well as its size. */
function serverRange({ paused, capacity, schedules }: CostBasis["fleet"]) {
  if (paused) return { fewest: 0, most: 0 };
  const bounds = [capacity, ...schedules];
  return {
    fewest: Math.min(...bounds.map(({ min }) => min)),
    most: Math.max(...bounds.map(({ max }) => max)),
  };
}

function databaseParts(database: CostBasis["database"]): CostPart[] {
  const copies = database.multiAz ? 2 : 1;
  const table: Readonly<Record<string, number>> = prices.databasePerHour;
  const perHour = table[database.instanceClass];
  const storagePerMonth =
    database.allocatedStorageGiB * prices.databaseStoragePerGiBMonth[database.storageType];
  const storage = monthly("database storage", copies * storagePerMonth);
  if (database.stopped === true) return [storage];
  return [
    {
      name: `database ${database.instanceClass}${database.multiAz ? " with standby" : ""}`,
      dollarsPerHour: perHour === undefined ? undefined : copies * perHour,
    },
    storage,
  ];
}

/** Each gateway has a public address, which AWS bills separately. */
function natParts({ natGateways }: CostBasis["network"]): CostPart[] {
  const perHour = prices.natGatewayPerHour + prices.publicIpv4PerHour;
  switch (natGateways) {
    case "none":
      return [];
    case "single":
      return [{ name: "NAT gateway", dollarsPerHour: perHour }];
    case "perAz":
      return [{ name: "NAT gateways", dollarsPerHour: zoneCount * perHour }];
  }
}

/** Servers in public subnets need the endpoints even with a NAT gateway, which serves only private subnets. */
function endpointParts({ network, fleet }: CostBasis): CostPart[] {
  if (serversUseNat({ nat: network.natGateways !== "none", serverSubnets: fleet.subnets })) return [];
  const zones = network.interfaceEndpoints === "perAz" ? zoneCount : 1;
  const services = ["Secrets Manager", ...(fleet.mail?.method === "ses" ? ["SES"] : [])];
  return services.map((service) => ({
    name: `endpoint of ${service}`,
    dollarsPerHour: zones * prices.interfaceEndpointPerHour,
  }));
}

/** The price of a server's disk includes uploads on that disk. */
function uploadsParts({ uploads, uploadsBackups }: CostBasis["fleet"]): CostPart[] {
  if (uploads === "local") return [];
  const part = monthly(`${String(uploadsGiB)} GiB of uploads`, uploadsGiB * prices.sharedFilesPerGiBMonth);
  if (!uploadsBackups) return [part];
  return [part, monthly("backups of uploads", uploadsGiB * prices.sharedFilesBackupPerGiBMonth)];
}

function imageParts({ image }: CostBasis["fleet"]): CostPart[] {
  if (image.source !== "bake") return [];
  return [monthly("images of the servers", imagesGiB * prices.snapshotPerGiBMonth)];
}

function siteHealthCheckParts({ siteHealthCheck, domain }: CostBasis["fleet"]): CostPart[] {
  if (!siteHealthCheck) return [];
  const extra = domain === undefined ? 0 : prices.healthCheckWithTlsExtraPerMonth;
  return [monthly("health check of the site", prices.healthCheckPerMonth + extra)];
}

/** Without requests, and without the log, which has only blocked and counted requests. */
function wafParts({ waf }: CostBasis["fleet"]): CostPart[] {
  if (waf === undefined) return [];
  return [
    monthly("web application firewall", prices.webAclPerMonth + webAclRuleCount * prices.webAclRulePerMonth),
  ];
}

/** The stack's alarms, and the two that Auto Scaling creates for target tracking. A test counts them. */
function alarmsOf({ siteHealthCheck, targetTracking }: CostBasis["fleet"]): number {
  return 7 + (siteHealthCheck ? 1 : 0) + (targetTracking === undefined ? 0 : 2);
}
