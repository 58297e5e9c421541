import { hoursPerMonth, prices } from "./prices";

/** What the price of a stack depends on; a stack's settings have all of it. */
export interface CostBasis {
  readonly network: {
    readonly natGateways: "none" | "single" | "perAz";
    readonly interfaceEndpoints: "oneZone" | "perAz";
  };
  readonly database: {
    readonly instanceClass: string;
    readonly allocatedStorageGiB: number;
    readonly storageType: "gp2" | "gp3";
    readonly multiAz: boolean;
    /** Stopped, it costs its storage alone. */
    readonly stopped?: boolean;
  };
  readonly fleet: {
    readonly image: { readonly source: "bake" | "existing" | "bootstrap" };
    readonly instanceType: string;
    readonly rootVolumeGiB: number;
    readonly capacity: { readonly desired: number };
    readonly paused: boolean;
    readonly uploads: "shared" | "local";
    readonly siteHealthCheck: boolean;
    /** With one, the site is asked over HTTPS. */
    readonly domain?: object | undefined;
  };
}

/** One part of the bill. */
export interface CostPart {
  readonly name: string;
  /** US dollars an hour; `undefined` when the price table lacks the type. */
  readonly dollarsPerHour: number | undefined;
}

export interface Cost {
  readonly parts: readonly CostPart[];
  /** US dollars an hour of all parts that have a price. */
  readonly dollarsPerHour: number;
  readonly dollarsPerMonth: number;
  /** Parts whose price the table lacks: the sums leave them out. */
  readonly unpriced: readonly string[];
  /** Date of the price table, `YYYY-MM-DD`. */
  readonly pricesAsOf: string;
}

const zones = 2;

/** What a site's uploads may come to; an empty file system costs nothing. */
const uploadsGiB = 5;

/** What a baked image and the one before it take; AWS counts what is written on them. A bake itself is a cent at most. */
const imagesGiB = 4;

/** What a stack costs while it runs at its normal size, before traffic, by part. */
export function costOf({ network, database, fleet }: CostBasis): Cost {
  const parts = [
    ...serverParts(fleet),
    ...databaseParts(database),
    { name: "load balancer", dollarsPerHour: prices.loadBalancerPerHour + zones * prices.publicIpv4PerHour },
    ...wayOutParts(network),
    { name: "database secret", dollarsPerHour: prices.secretPerMonth / hoursPerMonth },
    { name: "administrator secret", dollarsPerHour: prices.secretPerMonth / hoursPerMonth },
    ...uploadsParts(fleet),
    ...imageParts(fleet),
    ...siteHealthCheckParts(fleet),
  ];
  const dollarsPerHour = parts.reduce((sum, part) => sum + (part.dollarsPerHour ?? 0), 0);
  return {
    parts,
    dollarsPerHour,
    dollarsPerMonth: dollarsPerHour * hoursPerMonth,
    unpriced: parts.filter((part) => part.dollarsPerHour === undefined).map(({ name }) => name),
    pricesAsOf: prices.asOf,
  };
}

/** Whole days that a budget lasts when the stack runs around the clock. */
export function daysThatLast(budgetDollars: number, { dollarsPerHour }: Cost): number {
  return Math.floor(budgetDollars / dollarsPerHour / 24);
}

function serverParts(fleet: CostBasis["fleet"]): CostPart[] {
  const servers = fleet.paused ? 0 : fleet.capacity.desired;
  if (servers === 0) return [];
  const perHour = priceIn(prices.instancePerHour, fleet.instanceType);
  const extrasPerMonth =
    fleet.rootVolumeGiB * prices.volumePerGiBMonth + prices.detailedMonitoringPerServerMonth;
  return [
    {
      name: `${String(servers)} x ${fleet.instanceType}`,
      dollarsPerHour: perHour === undefined ? undefined : servers * perHour,
    },
    { name: "disks and monitoring of servers", dollarsPerHour: (servers * extrasPerMonth) / hoursPerMonth },
  ];
}

function databaseParts(database: CostBasis["database"]): CostPart[] {
  const copies = database.multiAz ? 2 : 1;
  const perHour = priceIn(prices.databasePerHour, database.instanceClass);
  const storagePerMonth =
    database.allocatedStorageGiB * prices.databaseStoragePerGiBMonth[database.storageType];
  const storage = { name: "database storage", dollarsPerHour: (copies * storagePerMonth) / hoursPerMonth };
  if (database.stopped === true) return [storage];
  return [
    {
      name: `database ${database.instanceClass}${database.multiAz ? " with standby" : ""}`,
      dollarsPerHour: perHour === undefined ? undefined : copies * perHour,
    },
    storage,
  ];
}

/** Kept on a server's own disk, they are in the price of the disk. */
function imageParts({ image }: CostBasis["fleet"]): CostPart[] {
  if (image.source !== "bake") return [];
  const perMonth = imagesGiB * prices.snapshotPerGiBMonth;
  return [{ name: "images of the servers", dollarsPerHour: perMonth / hoursPerMonth }];
}

function uploadsParts({ uploads }: CostBasis["fleet"]): CostPart[] {
  if (uploads === "local") return [];
  const perMonth = uploadsGiB * prices.sharedFilesPerGiBMonth;
  return [{ name: `${String(uploadsGiB)} GiB of uploads`, dollarsPerHour: perMonth / hoursPerMonth }];
}

function siteHealthCheckParts({ siteHealthCheck, domain }: CostBasis["fleet"]): CostPart[] {
  if (!siteHealthCheck) return [];
  const perMonth =
    prices.healthCheckPerMonth + (domain === undefined ? 0 : prices.healthCheckWithTlsExtraPerMonth);
  return [{ name: "health check of the site", dollarsPerHour: perMonth / hoursPerMonth }];
}

function wayOutParts(network: CostBasis["network"]): CostPart[] {
  switch (network.natGateways) {
    case "none": {
      const endpointZones = network.interfaceEndpoints === "perAz" ? zones : 1;
      return [
        {
          name: "endpoint of Secrets Manager",
          dollarsPerHour: endpointZones * prices.interfaceEndpointPerHour,
        },
      ];
    }
    case "single":
      return [{ name: "NAT gateway", dollarsPerHour: natGatewayPerHour() }];
    case "perAz":
      return [{ name: "NAT gateways", dollarsPerHour: zones * natGatewayPerHour() }];
  }
}

const natGatewayPerHour = () => prices.natGatewayPerHour + prices.publicIpv4PerHour;

function priceIn(table: Readonly<Record<string, number>>, type: string): number | undefined {
  return table[type];
}
